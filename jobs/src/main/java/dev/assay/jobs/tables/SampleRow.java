package dev.assay.jobs.tables;

import java.util.List;

/**
 * A prompt and its response.
 *
 * @param sampleId digest of the text
 * @param prompt what was asked
 * @param response what was answered
 * @param source who produced it, as the feed says
 * @param signer SS58 address whose signature was verified
 * @param block the chain's block it was seen at
 */
public record SampleRow(
    String sampleId, String prompt, String response, String source, String signer, long block) {
  public static final TableDefinition<SampleRow> TABLE =
      new TableDefinition<>("samples", SampleRow.class, List.of("sample_id"));
}

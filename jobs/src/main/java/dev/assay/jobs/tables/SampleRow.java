package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;

/**
 * A prompt and its response.
 *
 * @param sampleId digest of the text, as docs/feed.md defines it
 * @param prompt what was asked
 * @param response what was answered
 * @param source SS58 address of its producer, whose signature was verified
 * @param block the chain's block that it belongs to
 * @param producedAt when, as its producer says
 * @param signature the producer's, 128 hex digits
 */
public record SampleRow(
    String sampleId,
    String prompt,
    String response,
    String source,
    long block,
    Instant producedAt,
    String signature) {
  public static final TableDefinition<SampleRow> TABLE =
      new TableDefinition<>("samples", SampleRow.class, List.of("sample_id"));
}

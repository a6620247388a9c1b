package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;

/** A prompt and its response. */
@Comment("a prompt and its response, as a producer signed them")
public record SampleRow(
    @Comment("digest of the text, as docs/feed.md defines it") String sampleId,
    @Comment("what was asked") String prompt,
    @Comment("what was answered") String response,
    @Comment("SS58 address of its producer, whose signature was verified") String source,
    @Comment("height of the chain's block that it belongs to") long block,
    @Comment("when, as its producer says") Instant producedAt,
    @Comment("the producer's, 128 hex digits") String signature) {
  public static final TableDefinition<SampleRow> TABLE =
      new TableDefinition<>("samples", SampleRow.class, List.of("sample_id"));
}

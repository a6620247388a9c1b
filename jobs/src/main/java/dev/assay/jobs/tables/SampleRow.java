package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A prompt and its response. */
@Comment("a prompt and its response, as a producer signed them")
public record SampleRow(
    @Comment("digest of the text, as docs/feed.md defines it") String sampleId,
    @Comment("what was asked") String prompt,
    @Comment("what was answered") String response,
    @Comment("SS58 address of its producer, who asked, and whose signature was verified")
        String source,
    @Comment("height of the chain's block that it belongs to") long block,
    @Comment("when, as its producer says") Instant producedAt,
    @Comment(
            "the producer's, 128 hex digits; after dataset: over the address in origin, after run:"
                + " over the id before it, and the producer vouches for all that is there")
        String signature,
    @Comment("SS58 address of who answered, as its producer signed; null where it tells of nobody")
        Optional<String> answerer,
    @Comment("address that it was read from; null where an earlier release has taken it")
        Optional<String> origin) {
  public static final TableDefinition<SampleRow> TABLE =
      new TableDefinition<>("samples", SampleRow.class, List.of("sample_id"));

  /** A sample of no address. */
  public SampleRow(
      String sampleId,
      String prompt,
      String response,
      String source,
      long block,
      Instant producedAt,
      String signature,
      Optional<String> answerer) {
    this(
        sampleId,
        prompt,
        response,
        source,
        block,
        producedAt,
        signature,
        answerer,
        Optional.empty());
  }

  /** A sample of no address, whose producer tells of nobody who answered. */
  public SampleRow(
      String sampleId,
      String prompt,
      String response,
      String source,
      long block,
      Instant producedAt,
      String signature) {
    this(sampleId, prompt, response, source, block, producedAt, signature, Optional.empty());
  }

  /** The same sample, as read from an address. */
  public SampleRow from(String address) {
    return new SampleRow(
        sampleId,
        prompt,
        response,
        source,
        block,
        producedAt,
        signature,
        answerer,
        Optional.of(address));
  }
}

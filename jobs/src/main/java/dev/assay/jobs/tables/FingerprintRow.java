package dev.assay.jobs.tables;

import java.util.List;

/** One model's weights projected to a few numbers; comparable under one seed. */
@Comment("one model's weights projected to a few numbers, comparable under one seed")
public record FingerprintRow(
    @Comment("of the projection: the hash of the window's first block") String seed,
    @Comment("digest of the model's content") String modelDigest,
    @Comment("the projection, no unit") List<Double> values) {
  public static final TableDefinition<FingerprintRow> TABLE =
      new TableDefinition<>("fingerprints", FingerprintRow.class, List.of("seed", "model_digest"));

  public FingerprintRow {
    values = List.copyOf(values);
  }
}

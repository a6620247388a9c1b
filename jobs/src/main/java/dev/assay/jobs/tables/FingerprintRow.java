package dev.assay.jobs.tables;

import java.util.List;

/**
 * One model's weights projected to a few numbers; comparable under one seed.
 *
 * @param seed of the projection: the hash of the window's first block
 * @param modelDigest of the content
 * @param values the projection
 */
public record FingerprintRow(String seed, String modelDigest, List<Double> values) {
  public static final TableDefinition<FingerprintRow> TABLE =
      new TableDefinition<>("fingerprints", FingerprintRow.class, List.of("seed", "model_digest"));

  public FingerprintRow {
    values = List.copyOf(values);
  }
}

package dev.assay.jobs.config;

import dev.assay.score.Limits;

/**
 * Where results are kept.
 *
 * @param warehouse folder (or object store address) of the Iceberg tables
 * @param bundles folder of bundles, one per evaluation
 */
public record PathSettings(String warehouse, String bundles) {
  public PathSettings {
    Limits.all(
        () -> Require.path("paths.warehouse", warehouse),
        () -> Require.folder("paths.bundles", bundles));
  }
}

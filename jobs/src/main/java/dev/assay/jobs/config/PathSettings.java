package dev.assay.jobs.config;

import dev.assay.score.Limits;

/**
 * Where results are kept.
 *
 * @param warehouse folder of the Iceberg tables, or {@code s3a://BUCKET/FOLDER}
 * @param bundles folder of bundles, one per evaluation, or {@code s3a://BUCKET/FOLDER}
 */
public record PathSettings(String warehouse, String bundles) {
  public PathSettings {
    Limits.all(
        () -> Require.path("paths.warehouse", warehouse),
        () -> Require.folderOrBucket("paths.bundles", bundles));
  }
}

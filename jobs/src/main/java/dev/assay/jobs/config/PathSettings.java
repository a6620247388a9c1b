package dev.assay.jobs.config;

import dev.assay.score.Limits;

/**
 * Where results are kept.
 *
 * @param warehouse folder of the Iceberg tables, or {@code s3a://BUCKET/FOLDER}
 * @param bundles folder of bundles, one per evaluation, or {@code s3a://BUCKET/FOLDER}
 * @param events folder of Spark's event logs, or {@code s3a://BUCKET/FOLDER}; empty for none
 */
public record PathSettings(String warehouse, String bundles, String events) {
  public PathSettings {
    events = events == null ? "" : events.strip();
    String logs = events;
    Limits.all(
        () -> Require.path("paths.warehouse", warehouse),
        () -> Require.folderOrBucket("paths.bundles", bundles),
        () -> requireNoneOrFolder("paths.events", logs));
  }

  private static void requireNoneOrFolder(String key, String value) {
    if (!value.isEmpty()) {
      Require.folderOrBucket(key, value);
    }
  }
}

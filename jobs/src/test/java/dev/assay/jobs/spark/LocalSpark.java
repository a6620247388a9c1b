package dev.assay.jobs.spark;

import dev.assay.jobs.catalog.WarehouseCatalog;
import org.apache.spark.sql.SparkSession;

/**
 * A session within this process, for unit tests of SQL; each test class starts and stops its own.
 */
public final class LocalSpark {
  private LocalSpark() {}

  /** Starts it, with one task at a time. */
  public static SparkSession start() {
    return SparkSession.builder()
        .master("local[1]")
        .appName("test")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 1)
        .config("spark.sql.extensions", WarehouseCatalog.EXTENSION)
        .getOrCreate();
  }
}

package dev.assay.interoperation;

import dev.assay.jobs.catalog.WarehouseCatalog;
import org.apache.spark.sql.SparkSession;

/**
 * A program of Spark that reads a warehouse as {@code assay}, tells all that it does, and prints
 * how many losses it has found.
 */
final class CatalogReader {
  private CatalogReader() {}

  /**
   * Runs it.
   *
   * @param settings of the session, {@code key=value}
   */
  public static void main(String[] settings) {
    SparkSession.Builder session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", WarehouseCatalog.EXTENSION);
    for (String setting : settings) {
      int end = setting.indexOf('=');
      session.config(setting.substring(0, end), setting.substring(end + 1));
    }
    try (SparkSession spark = session.getOrCreate()) {
      spark.sparkContext().setLogLevel("DEBUG");
      long losses = spark.sql("SELECT * FROM assay.losses").collectAsList().size();
      System.out.println("losses: " + losses);
    }
  }
}

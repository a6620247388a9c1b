package dev.assay.jobs.spark;

import dev.assay.jobs.catalog.WarehouseCatalog;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.SparkSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.storage.S3Client;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The Spark session that every job runs in. Without a cluster it is Spark's local-cluster:
 * executors are processes of their own on this machine, so that a native crash takes an executor
 * and never the driver.
 */
public final class SparkRuntime {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Names the classes that the launcher has had kept; {@code
   * docs/decisions/41-classes-are-shared.md}.
   */
  private static final String CLASSES = "assay.classes";

  private static final String EXTENSIONS = "spark.sql.extensions";

  private SparkRuntime() {}

  /**
   * Starts the session, or returns the one that runs in this process.
   *
   * @param environment of the process: {@code SPARK_HOME} and {@code SPARK_LOCAL_IP} for a
   *     local-cluster
   * @throws ConfigurationException if what was asked for cannot run
   */
  public static SparkSession start(
      AssayConfiguration configuration, Map<String, String> environment) {
    SparkConf conf = conf(configuration, environment, new SparkConf());
    EventLog.keep(conf, configuration.paths().events());
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /**
   * Completes what spark-submit set: it wins over {@code assay.yaml}, which wins over defaults.
   *
   * @param submitted the properties of spark-submit and spark-defaults.conf
   */
  static SparkConf conf(
      AssayConfiguration configuration, Map<String, String> environment, SparkConf submitted) {
    SparkConf conf = submitted.clone();
    SparkSettings settings = configuration.spark();
    conf.setIfMissing("spark.master", master(settings));
    String master = conf.get("spark.master");
    Masters.require(master);
    refuseGpusThatNobodyOffers(master, conf, configuration.evaluation().gpusPerTask());
    if (master.startsWith("local-cluster[")) {
      setLocalCluster(conf, environment);
      // One executor fills one of the cluster's workers: local-cluster[executors,cores,memory].
      String memory = master.substring(master.lastIndexOf(',') + 1, master.length() - 1).strip();
      conf.set("spark.executor.memory", memory + "m");
    }
    conf.setIfMissing("spark.app.name", "assay");
    conf.setIfMissing("spark.ui.enabled", Boolean.toString(settings.ui()));
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    setMetrics(conf);
    conf.setIfMissing("spark.sql.session.timeZone", "UTC");
    conf.setIfMissing("spark.sql.shuffle.partitions", "4");
    conf.setIfMissing("spark.speculation", "false");
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    conf.setIfMissing("spark.network.timeout", "300s");
    conf.setIfMissing("spark.executorEnv.DJL_OFFLINE", "true");
    // The driver retries: it knows whether a model, a node or nobody is to blame.
    conf.set("spark.task.maxFailures", "1");
    // A task that hangs in native code can't be ended; its executor can, and gives the slot back.
    conf.setIfMissing("spark.task.reaper.killTimeout", "60s");
    S3Client.settings(configuration.s3())
        .forEach((key, value) -> conf.setIfMissing("spark.hadoop." + key, value));
    setCatalog(conf, configuration);
    conf.setIfMissing("spark.plugins", ProgressPlugin.class.getName());
    return conf;
  }

  /**
   * The driver's figures for Prometheus, where its pages are shown; the same names in every run.
   */
  private static void setMetrics(SparkConf conf) {
    conf.setIfMissing("spark.metrics.namespace", "assay");
    String sink = "spark.metrics.conf.driver.sink.prometheusServlet.";
    conf.setIfMissing(sink + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(sink + "path", "/metrics/prometheus");
  }

  private static String master(SparkSettings settings) {
    return settings.master().isEmpty()
        ? String.format(
            // Spark reads digits of one script alone.
            Locale.ROOT,
            "local-cluster[%d,%d,%d]",
            settings.executors(),
            settings.coresPerExecutor(),
            settings.executorMebibytes())
        : settings.master();
  }

  /** On local[N] Spark's scheduler offers no resources, and a task that asks for one hangs. */
  private static void refuseGpusThatNobodyOffers(
      String master, SparkConf conf, double gpusPerTask) {
    if (!master.matches("local(\\[.*])?")) {
      return;
    }
    String gpuSetting =
        Arrays.stream(conf.getAll())
            .map(Tuple2::_1)
            .filter(key -> key.contains(".resource.gpu."))
            .findFirst()
            .orElse(gpusPerTask > 0 ? "evaluation.gpus_per_task" : null);
    if (gpuSetting != null) {
      throw new ConfigurationException(
          gpuSetting
              + " is set and spark.master is "
              + master
              + ", which offers no GPU; unset one of them");
    }
  }

  private static void setLocalCluster(SparkConf conf, Map<String, String> environment) {
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (home.isEmpty() || !Files.isDirectory(Path.of(home, "jars"))) {
      throw new ConfigurationException(
          "SPARK_HOME is "
              + (home.isEmpty() ? "not set" : home + ", which has no folder jars")
              + "; a local-cluster starts its executors from it: run ./assay, which sets it");
    }
    String address = environment.getOrDefault("SPARK_LOCAL_IP", "");
    if (!address.equals(LOOPBACK)) {
      // Spark's ports carry no password here; on any other address they would invite the network.
      throw new ConfigurationException(
          "SPARK_LOCAL_IP is "
              + (address.isEmpty() ? "not set" : address)
              + "; a local-cluster listens on 127.0.0.1 only: set it to that");
    }
    conf.setIfMissing("spark.driver.host", LOOPBACK);
    conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    // Executors on this machine run exactly what the driver runs.
    conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    conf.setIfMissing("spark.executor.defaultJavaOptions", executorOptions());
    // What Spark's own bin/spark-class exports; without it executors look for a source tree.
    conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.12");
    // A slow, busy machine starts executors one after another; half of them is enough to begin.
    conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "0.5");
  }

  private static String executorOptions() {
    // What native libraries unpack goes where the driver's does, and with it.
    String folder = "\"-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir") + "\"";
    String classes = System.getProperty(CLASSES, "");
    return classes.isEmpty() || !Files.exists(Path.of(classes))
        ? folder
        // One that doesn't fit is left alone in silence.
        : folder + " \"-XX:SharedArchiveFile=" + classes + "\" -Xlog:disable -Xlog:all=error";
  }

  /** The warehouse as a catalog, with views, which Iceberg's extension of SQL finds. */
  private static void setCatalog(SparkConf conf, AssayConfiguration configuration) {
    WarehouseSettings warehouse = configuration.warehouse();
    WarehouseCatalog.settings(warehouse).forEach(conf::set);
    String extensions = conf.get(EXTENSIONS, "");
    if (!extensions.contains(WarehouseCatalog.EXTENSION)) {
      conf.set(
          EXTENSIONS,
          extensions.isEmpty()
              ? WarehouseCatalog.EXTENSION
              : extensions + "," + WarehouseCatalog.EXTENSION);
    }
    // By which Iceberg reads a table that is named by its address; Hive's is its default.
    String byAddress = "spark.sql.catalog.default_iceberg";
    conf.set(byAddress, "org.apache.iceberg.spark.SparkCatalog");
    conf.set(byAddress + ".type", "hadoop");
    conf.set(byAddress + ".cache-enabled", "false");
    Map<String, String> place =
        warehouse.inBucket()
            ? Map.of(CatalogProperties.WAREHOUSE_LOCATION, warehouse.location())
            : Warehouse.catalogProperties(WarehouseSettings.of(warehouse.location()));
    place.forEach((key, value) -> conf.set(byAddress + "." + key, value));
  }
}

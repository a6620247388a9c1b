package dev.assay.jobs.evaluate;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A driver in a process of its own, to be killed while it evaluates a quick model and a slow one.
 */
final class Victim {
  private Victim() {}

  /** Evaluates what was committed; its arguments are the configuration's folder and two texts. */
  public static void main(String[] arguments) throws Exception {
    AssayConfiguration configuration =
        AssayConfiguration.load(Path.of(arguments[0], "assay.yaml"), Map.of());
    try (SparkSession spark = SparkRuntime.start(configuration, System.getenv())) {
      EvaluationIT.evaluate(
          spark,
          configuration,
          EvaluationIT.input(
              HubMiners.commitment(1, "quick", 5, arguments[1]),
              HubMiners.commitment(2, "slow", 6, arguments[2])));
    }
  }

  static Process start(Path folder, String first, String second) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString(),
            first,
            second));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  /** Waits until the driver has committed losses, and says how many. */
  static long awaitLosses(AssayConfiguration configuration, Process driver) {
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      while (driver.isAlive()) {
        long rows = warehouse.table(LossRow.TABLE).rows().size();
        if (rows > 0) {
          return rows;
        }
        Thread.onSpinWait();
      }
    }
    throw new IllegalStateException("the driver ended before it could be killed");
  }
}

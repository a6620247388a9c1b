package dev.assay.jobs.spark;

import dev.assay.jobs.config.AssayConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One local-cluster for all integration tests of this module: it takes seconds to start. */
public final class SharedSpark {
  private static SparkSession session;
  private static AssayConfiguration configuration;

  private SharedSpark() {}

  /** The session; it ends with the process. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session = SparkRuntime.start(configuration(), System.getenv());
    }
    return session;
  }

  /** What the session was started with: two executors of one slot, its own warehouse. */
  public static synchronized AssayConfiguration configuration() {
    if (configuration == null) {
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "shared-spark");
        configuration =
            AssayConfiguration.load(
                Files.writeString(
                    folder.resolve("assay.yaml"),
                    "spark: {executors: 2, executor_memory: 512MiB}\npaths: {warehouse: "
                        + folder.toAbsolutePath().resolve("warehouse")
                        + "}\n"),
                Map.of());
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
    return configuration;
  }
}

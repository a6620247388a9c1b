package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.WarehouseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionArgumentsTest {
  @TempDir private Path folder;

  private Path jars(String home, String... names) throws Exception {
    Path jars = Files.createDirectories(folder.resolve(home).resolve("jars"));
    for (String name : names) {
      Files.createFile(jars.resolve(name));
    }
    return jars;
  }

  @Test
  void assaysOwnHomeNeedsSettingsAlone() throws Exception {
    Path own = jars("own", "jobs-0.1.0-SNAPSHOT.jar", "spark-core_2.12-3.5.9.jar");

    SessionArguments arguments =
        SessionArguments.of(own, Optional.empty(), WarehouseSettings.of("/data/tables"));

    assertThat(arguments.words())
        .containsExactly(
            "--conf",
            "spark.sql.catalog.assay=dev.assay.jobs.catalog.WarehouseCatalog",
            "--conf",
            "spark.sql.catalog.assay.warehouse=file:///data/tables",
            "--conf",
            "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
  }

  @Test
  void anotherSparkGetsWhatItLacksAndNothingOfTheCommandLine() throws Exception {
    Path own =
        jars(
            "own",
            "jobs-0.1.0-SNAPSHOT.jar",
            "cli-0.1.0-SNAPSHOT.jar",
            "hadoop-aws-3.4.3.jar",
            "picocli-4.7.7.jar",
            "iceberg-spark-runtime-3.5_2.12-1.12.0.jar",
            "jackson-databind-2.15.4.jar",
            "netty-transport-native-epoll-4.1.126.Final-linux-x86_64.jar",
            "spark-core_2.12-3.5.9.jar");
    jars(
        "theirs",
        "spark-core_2.12-3.5.1.jar",
        "jackson-databind-2.15.2.jar",
        "netty-transport-native-epoll-4.1.96.Final-linux-x86_64.jar");

    SessionArguments arguments =
        SessionArguments.of(
            own, Optional.of(folder.resolve("theirs")), WarehouseSettings.of("hdfs://node/tables"));

    assertThat(arguments.jars())
        .containsExactly(
            own.resolve("iceberg-spark-runtime-3.5_2.12-1.12.0.jar"),
            own.resolve("jobs-0.1.0-SNAPSHOT.jar"));
    assertThat(arguments.conf())
        .containsEntry("spark.sql.catalog.assay.warehouse", "hdfs://node/tables");
  }

  @Test
  void aSparkOfAnotherLineIsRefusedByItsVersion() throws Exception {
    Path own = jars("own", "jobs-0.1.0-SNAPSHOT.jar");
    jars("theirs", "spark-core_2.13-4.1.3.jar");

    assertThatThrownBy(
            () ->
                SessionArguments.of(
                    own,
                    Optional.of(folder.resolve("theirs")),
                    WarehouseSettings.of("/data/tables")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has Spark 2.13-4.1.3; Assay needs Spark 3.5 for Scala 2.12");
  }

  @Test
  void aFolderThatIsNoSparkHomeIsRefused() throws Exception {
    Path own = jars("own", "jobs-0.1.0-SNAPSHOT.jar");

    assertThatThrownBy(
            () ->
                SessionArguments.of(
                    own, Optional.of(folder.resolve("none")), WarehouseSettings.of("/data/tables")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has no folder jars");
  }
}

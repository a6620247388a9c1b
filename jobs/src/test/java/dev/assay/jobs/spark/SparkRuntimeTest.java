package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkRuntimeTest {
  @TempDir private Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void sparkHome() throws IOException {
    Files.createDirectory(folder.resolve("jars"));
    environment = Map.of("SPARK_HOME", folder.toString(), "SPARK_LOCAL_IP", "127.0.0.1");
  }

  private AssayConfiguration configuration(String text) throws IOException {
    return AssayConfiguration.load(Files.writeString(folder.resolve("assay.yaml"), text), Map.of());
  }

  private static SparkConf nothingSubmitted() {
    return new SparkConf(false);
  }

  @Test
  void oneMachineRunsALocalClusterOnLoopback() {
    SparkConf conf =
        SparkRuntime.conf(AssayConfiguration.defaults(), environment, nothingSubmitted());

    assertThat(conf.get("spark.master")).isEqualTo("local-cluster[2,1,1024]");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.executor.extraClassPath"))
        .isEqualTo(System.getProperty("java.class.path"));
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k8s://https://10.0.0.1:6443 | spark.master is k8s://https://10.0.0.1:6443, and this build"
            + " has no jar of Spark",
        "mesos://10.0.0.1:5050 | this build has no jar of Spark for it: name a standalone master",
        "sprak://host:7077 | spark.master is sprak://host:7077; it can be local[N],"
            + " spark://HOST:PORT, yarn",
        "local[ | spark.master is local[; it can be"
      })
  void aMasterThatThisBuildCannotAskIsRefusedInWords(String master, String words)
      throws IOException {
    AssayConfiguration configuration = configuration("spark: {master: '" + master + "'}");

    assertThatThrownBy(() -> SparkRuntime.conf(configuration, environment, nothingSubmitted()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local", "local[2]", "local[*,4]", "local-cluster[1,1,512]", "spark://a:1,b:2"})
  void sparksOwnMastersAreTaken(String master) throws IOException {
    AssayConfiguration configuration = configuration("spark: {master: '" + master + "'}");

    assertThat(
            SparkRuntime.conf(configuration, environment, nothingSubmitted()).get("spark.master"))
        .isEqualTo(master);
  }

  @Test
  void executorsMapTheClassesThatAreKept() throws IOException {
    Path kept = folder.resolve("classes.jsa");
    System.setProperty("assay.classes", kept.toString());
    try {
      assertThat(executorOptions()).doesNotContain("SharedArchiveFile");
      Files.writeString(kept, "as a JVM writes it");
      assertThat(executorOptions()).contains("\"-XX:SharedArchiveFile=" + kept + "\"");
    } finally {
      System.clearProperty("assay.classes");
    }
  }

  private String executorOptions() {
    return SparkRuntime.conf(AssayConfiguration.defaults(), environment, nothingSubmitted())
        .get("spark.executor.defaultJavaOptions");
  }

  @Test
  void theClusterIsNamedInDigitsThatSparkReads() {
    Locale before = Locale.getDefault();
    try {
      for (String language : List.of("ar-EG", "fa-IR", "mr-IN-u-nu-deva", "tr-TR", "de-DE")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(
                SparkRuntime.conf(AssayConfiguration.defaults(), environment, nothingSubmitted())
                    .get("spark.master"))
            .isEqualTo("local-cluster[2,1,1024]");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sparkSubmitsMasterWins() throws IOException {
    SparkConf conf =
        SparkRuntime.conf(
            configuration("spark:\n  master: local[2]\n"),
            Map.of(),
            nothingSubmitted().set("spark.master", "spark://10.0.0.1:7077"));

    assertThat(conf.get("spark.master")).isEqualTo("spark://10.0.0.1:7077");
    assertThat(conf.contains("spark.executor.extraClassPath")).isFalse();
  }

  @Test
  void aModelThatLosesItsExecutorsLeavesOneAttemptToSaySo() throws IOException {
    SparkConf conf =
        SparkRuntime.conf(
            configuration("evaluation:\n  attempts: 2\n"), environment, nothingSubmitted());

    assertThat(conf.get("spark.task.maxFailures")).isEqualTo("1");
  }

  @Test
  void gpusOnAMasterThatOffersNoneAreRefused() throws IOException {
    AssayConfiguration asked =
        configuration("spark:\n  master: local[2]\nevaluation:\n  gpus_per_task: 1\n");
    AssayConfiguration local = configuration("spark:\n  master: local[2]\n");
    SparkConf gpu = nothingSubmitted().set("spark.executor.resource.gpu.amount", "1");

    assertThatThrownBy(() -> SparkRuntime.conf(asked, environment, nothingSubmitted()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "evaluation.gpus_per_task is set and spark.master is local[2], which offers no GPU;"
                + " unset one of them");
    assertThatThrownBy(() -> SparkRuntime.conf(local, environment, gpu))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("spark.executor.resource.gpu.amount");
  }

  @Test
  void aLocalClusterNeedsSparkHome() {
    assertThatThrownBy(
            () ->
                SparkRuntime.conf(
                    AssayConfiguration.defaults(),
                    Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
                    nothingSubmitted()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("SPARK_HOME is not set");
  }

  @Test
  void aLocalClusterListensOnLoopbackOnly() {
    assertThatThrownBy(
            () ->
                SparkRuntime.conf(
                    AssayConfiguration.defaults(),
                    Map.of("SPARK_HOME", folder.toString(), "SPARK_LOCAL_IP", "10.0.0.7"),
                    nothingSubmitted()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("SPARK_LOCAL_IP is 10.0.0.7");
  }
}

package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables and a chain in PySpark 3.5.9 and its spark-sql, started with what {@code assay spark-conf}
 * prints: on Assay's own Spark home, and on the Spark that PyPI's package brings.
 */
class PySparkIT {
  private static final int SECONDS = 240;
  private static final int NETUID = 6;
  private static final String HOME = "import os, pyspark; print(os.path.dirname(pyspark.__file__))";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path folder;
  private static PythonScripts python;
  private static Path foreignHome;
  private static ChainNode node;

  @BeforeAll
  static void start() throws Exception {
    python = PythonScripts.alone("pyspark");
    foreignHome = Path.of(python.program("python", List.of("-c", HOME), Map.of(), 30).strip());
    unpack(repository().resolve("jobs/src/test/resources/dev/assay/jobs/warehouse-07de487.zip"));
    Files.writeString(
        folder.resolve("assay.yaml"), "paths: {warehouse: '" + folder.resolve("tables") + "'}\n");
    node =
        ChainNode.start(
            new Genesis(
                1,
                1_767_225_600_000L,
                DevelopmentAccounts.account("Alice"),
                DevelopmentAccounts.balances(),
                List.of(SubnetGenesis.of(NETUID))),
            Sealing.MANUAL,
            0);
    createBlock();
    createBlock();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Path repository() {
    return Places.scripts().resolve("../../../..").normalize();
  }

  private static void unpack(Path archive) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(zip, file);
        }
      }
    }
  }

  private static void createBlock() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.http().toString()))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"engine_createBlock\","
                        + "\"params\":[true,true]}"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static String sparkConf(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", repository().resolve("assay").toString(), "spark-conf"));
    command.addAll(List.of("--config", folder.resolve("assay.yaml").toString()));
    command.addAll(List.of(options));
    return new Command(command, folder, Map.of()).run("spark-conf", "", SECONDS);
  }

  private static void assertFound(JsonNode conf, Map<String, String> environment) throws Exception {
    JsonNode found =
        python.run(
            "spark_session.py",
            Map.of(
                "conf", conf.get("conf"),
                "jars", conf.get("jars"),
                "endpoint", node.http().toString(),
                "netuid", NETUID),
            environment,
            SECONDS);

    assertThat(found.get("version").asText()).isEqualTo("3.5.9");
    assertThat(found.get("namespaces")).extracting(JsonNode::asText).containsExactly("default");
    assertThat(found.get("tables")).extracting(JsonNode::asText).contains("losses", "scores");
    assertThat(found.get("views")).extracting(JsonNode::asText).contains("leaderboard");
    assertThat(found.get("losses").asInt()).isPositive();
    assertThat(found.get("leader").asText()).isEqualTo("patient/gloss");
    assertThat(found.get("blocks")).extracting(JsonNode::asInt).containsExactly(0, 1, 2);
    assertThat(found.get("comments")).isNotEmpty().noneMatch(JsonNode::isNull);
  }

  @Test
  void pysparkRunsOnAssaysOwnSparkHome() throws Exception {
    JsonNode conf = JSON.readTree(sparkConf("--json"));

    assertThat(conf.get("jars")).isEmpty();
    assertFound(
        conf, Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_HOME", conf.get("spark_home").asText()));
  }

  @Test
  void pysparkRunsOnItsOwnSparkWithAssaysJars() throws Exception {
    assertFound(
        JSON.readTree(sparkConf("--json", "--spark-home", foreignHome.toString())),
        Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_HOME", foreignHome.toString()));
  }

  @Test
  void sparkSqlTakesTheArgumentsAsPrinted() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--master", "local[1]"));
    arguments.addAll(List.of(sparkConf("--spark-home", foreignHome.toString()).strip().split(" ")));
    arguments.addAll(
        List.of(
            "--conf",
            "spark.sql.warehouse.dir=" + folder.resolve("hive"),
            "--conf",
            "spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:derby:memory:hive;create=true",
            "-e",
            "SELECT repository FROM assay.leaderboard WHERE place = 1"));

    Map<String, String> environment =
        Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_HOME", foreignHome.toString());
    assertThat(python.program("spark-sql", arguments, environment, SECONDS).strip())
        .endsWith("patient/gloss");
  }
}

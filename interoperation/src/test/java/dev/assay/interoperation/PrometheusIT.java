package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.monitor.MonitoringFiles;
import dev.assay.jobs.validator.ServedSubnet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a validator that serves a window; promtool tries its rules. */
class PrometheusIT {
  private static final Path CONF = MonitoringFiles.CONF.resolve("prometheus");

  @TempDir private Path folder;

  private static String program(String name) {
    String named = System.getenv(name.toUpperCase(Locale.ROOT));
    return named == null || named.isBlank() ? name : named;
  }

  @Test
  void promtoolAcceptsRulesAndConfiguration() throws Exception {
    promtool("", "check", "rules", CONF.resolve("assay-rules.yaml").toString());
    promtool("", "test", "rules", CONF.resolve("assay-rules-test.yaml").toString());
    promtool("", "check", "config", CONF.resolve("prometheus.yaml").toString());
  }

  private void promtool(String input, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(program("promtool")));
    command.addAll(List.of(words));
    new Command(command, folder, Map.of()).run("promtool " + String.join(" ", words), input, 60);
  }

  @Test
  void everyMetricOfRulesAndDashboardArrivesInPrometheusFromALivingValidator() throws Exception {
    // Executors run on the driver's class path, so its jars may be empty.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    try (ServedSubnet subnet = ServedSubnet.start(folder)) {
      subnet.sealTo(3 * ServedSubnet.WINDOW + 1);
      subnet.launch();
      int port = freePort();
      Process prometheus = start(subnet.monitor(), port);
      try {
        subnet.await("the window is served", () -> subnet.isSet(3));
        subnet.await(
            "Prometheus knows it", () -> value(port, "assay_windows_served_total").equals("1"));

        for (String name : MonitoringFiles.wanted()) {
          assertThat(value(port, name)).as(name).isNotEmpty();
        }
        assertThat(value(port, "assay_evaluation_accepted_models")).isEqualTo("1");
        assertThat(value(port, "up{job=\"assay\"}")).isEqualTo("1");
        promtool(subnet.ask("/metrics"), "check", "metrics");
      } finally {
        prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(URI validator, int port) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yaml"),
            Files.readString(CONF.resolve("prometheus.yaml"))
                .replace("127.0.0.1:9464", validator.getAuthority())
                .replace("assay-rules.yaml", CONF + "/assay-rules.yaml")
                .replace("scrape_interval: 15s", "scrape_interval: 1s"));
    return new ProcessBuilder(
            program("prometheus"),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  /** The first value of what a query finds; empty where it finds nothing, or nobody answers yet. */
  private static String value(int port, String query) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(query, StandardCharsets.UTF_8)));
    try {
      String body =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode answer = new ObjectMapper().readTree(body);
      return answer.at("/data/result/0/value/1").asText("");
    } catch (IOException startsStill) {
      TimeUnit.MILLISECONDS.sleep(500);
      return "";
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}

package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.service.ValidatorSettings.Address;
import dev.assay.jobs.monitor.MonitorServer;
import dev.assay.jobs.monitor.ValidatorMetrics;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.validator.Vitals;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a validator; promtool tries its rules. */
class PrometheusIT {
  private static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();
  private static final Pattern NAME = Pattern.compile("\\bassay_[a-z_]+");

  @TempDir private Path folder;

  private static String program(String name) {
    String named = System.getenv(name.toUpperCase(java.util.Locale.ROOT));
    return named == null || named.isBlank() ? name : named;
  }

  private static MonitorServer.Answer metrics() {
    WindowReport window =
        new WindowReport(
            "0x",
            6,
            0,
            120,
            Instant.EPOCH,
            1,
            100,
            199,
            960,
            190,
            Optional.of("5V"),
            Optional.of(0),
            Optional.of(true),
            Optional.of(true),
            Optional.of(110L),
            Optional.of(0.5),
            Optional.of(0.25),
            5_000,
            Weights.SET,
            Optional.of("e1"),
            Optional.empty(),
            false,
            "its weights are set");
    LastEvaluation evaluation =
        new LastEvaluation(
            "e1",
            1,
            105,
            4,
            2,
            new TreeMap<>(Map.of("MINER", 2)),
            Optional.empty(),
            Instant.EPOCH,
            "bundles/e1");
    StatusReport status =
        new StatusReport(
            StatusReport.State.WAITING,
            "",
            "",
            Optional.of(window),
            Optional.of(evaluation),
            Optional.empty(),
            Optional.of(119L),
            List.of(),
            List.of());
    Vitals.Moment moment =
        new Vitals.Moment(
            Optional.of(status),
            Duration.ZERO,
            Duration.ZERO,
            "waits",
            Instant.EPOCH,
            3,
            Map.of("evaluate", new Vitals.Tally(3, 1, 90.5)),
            List.of());
    return new MonitorServer.Answer(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        new ValidatorMetrics(AssayConfiguration.defaults(), "0.1").text(moment, Instant.now()));
  }

  @Test
  void promtoolAcceptsRulesConfigurationAndMetrics() throws Exception {
    Path rules = CONF.resolve("prometheus");
    promtool("", "check", "rules", rules.resolve("assay-rules.yaml").toString());
    promtool("", "test", "rules", rules.resolve("assay-rules-test.yaml").toString());
    promtool("", "check", "config", rules.resolve("prometheus.yaml").toString());
    promtool(metrics().body(), "check", "metrics");
  }

  private void promtool(String input, String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(program("promtool")));
    command.addAll(List.of(words));
    new Command(command, folder, Map.of()).run("promtool " + String.join(" ", words), input, 60);
  }

  @Test
  void everyMetricOfRulesAndDashboardArrivesInPrometheus() throws Exception {
    Set<String> wanted = new TreeSet<>(names("grafana/assay.json"));
    wanted.addAll(names("prometheus/assay-rules.yaml"));
    int port = freePort();
    try (MonitorServer server =
        MonitorServer.start(
            new Address("127.0.0.1", 0), PrometheusIT::metrics, PrometheusIT::metrics)) {
      Path configuration =
          Files.writeString(
              folder.resolve("prometheus.yaml"),
              Files.readString(CONF.resolve("prometheus/prometheus.yaml"))
                  .replace("127.0.0.1:9464", server.address().getAuthority())
                  .replace("assay-rules.yaml", CONF + "/prometheus/assay-rules.yaml")
                  .replace("scrape_interval: 15s", "scrape_interval: 1s"));
      Process prometheus =
          new ProcessBuilder(
                  program("prometheus"),
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("prometheus.log").toFile())
              .start();
      try {
        for (String name : wanted) {
          assertThat(arrives(port, name, prometheus)).as(name).isTrue();
        }
      } finally {
        prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean arrives(int port, String name, Process prometheus) throws Exception {
    URI query =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(name, StandardCharsets.UTF_8)));
    for (int attempt = 0; attempt < 60 && prometheus.isAlive(); attempt++) {
      try {
        String body =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(query).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        JsonNode answer = new ObjectMapper().readTree(body);
        if (answer.at("/data/result").size() > 0) {
          return true;
        }
      } catch (java.io.IOException startsStill) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return false;
  }

  private static Set<String> names(String file) throws Exception {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(Files.readString(CONF.resolve(file)));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}

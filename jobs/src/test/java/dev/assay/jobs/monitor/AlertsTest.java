package dev.assay.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.assay.jobs.status.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Problem STALE =
      new Problem("feed_stale", "the newest sample is <old> & @everyone", "run assay snapshot");
  private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");

  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Alerts alerts(String form) {
    return new Alerts(
        "5V", List.of(form + "+http://127.0.0.1:" + server.getAddress().getPort() + "/api/secret"));
  }

  private JsonNode last() throws Exception {
    return new ObjectMapper().readTree(received.get(received.size() - 1));
  }

  @Test
  void aProblemThatLastsIsToldOnceAndSoIsItsEnd() throws Exception {
    Alerts alerts = alerts("json");
    alerts.looked(List.of(STALE), START);
    assertThat(received).as("it may pass at once").isEmpty();
    alerts.looked(List.of(STALE), START.plusSeconds(12));
    alerts.looked(List.of(STALE), START.plusSeconds(24));
    assertThat(received).hasSize(1);
    assertThat(last().get("state").asText()).isEqualTo("firing");
    assertThat(last().get("id").asText()).isEqualTo("feed_stale");
    assertThat(last().get("validator").asText()).isEqualTo("5V");
    assertThat(last().get("since").asText()).isEqualTo(START.toString());
    alerts.looked(List.of(), START.plusSeconds(36));

    assertThat(received).hasSize(2);
    assertThat(last().get("state").asText()).isEqualTo("resolved");
  }

  @Test
  void whatIsNotTakenIsSentAgainLater() throws Exception {
    status = 500;
    Alerts alerts = alerts("json");
    alerts.looked(List.of(STALE), START);
    alerts.looked(List.of(STALE), START.plusSeconds(12));
    alerts.looked(List.of(STALE), START.plusSeconds(13));
    assertThat(received).as("not at once").hasSize(1);
    status = 200;
    alerts.looked(List.of(STALE), START.plusSeconds(30));
    alerts.looked(List.of(STALE), START.plus(Duration.ofHours(1)));

    assertThat(received).hasSize(2);
  }

  @Test
  void theEndOfAProblemThatLastedForDaysIsToldAsWell() throws Exception {
    Alerts alerts = alerts("json");
    alerts.looked(List.of(STALE), START);
    alerts.looked(List.of(STALE), START.plusSeconds(12));
    alerts.looked(List.of(), START.plus(Duration.ofDays(3)));

    assertThat(received).hasSize(2);
    assertThat(last().get("state").asText()).isEqualTo("resolved");
    assertThat(last().get("since").asText()).isEqualTo(START.toString());
  }

  @Test
  void whatNobodyTookForADayIsOldNews() throws Exception {
    status = 500;
    Alerts alerts = alerts("json");
    alerts.looked(List.of(STALE), START);
    alerts.looked(List.of(STALE), START.plusSeconds(12));
    status = 200;
    alerts.looked(List.of(STALE), START.plus(Duration.ofHours(25)));

    assertThat(received).as("the one that was not taken").hasSize(1);
  }

  @Test
  void discordIsToldToCallNobody() throws Exception {
    Alerts alerts = alerts("discord");
    alerts.looked(List.of(STALE), START);
    alerts.looked(List.of(STALE), START.plusSeconds(12));

    assertThat(last().get("content").asText())
        .isEqualTo("assay 5V: the newest sample is <old> & @everyone; run assay snapshot");
    assertThat(last().at("/allowed_mentions/parse").isArray()).isTrue();
    assertThat(last().at("/allowed_mentions/parse")).isEmpty();
  }

  @Test
  void slacksMarksAreEscaped() throws Exception {
    Alerts alerts = alerts("slack");
    alerts.looked(List.of(STALE), START);
    alerts.looked(List.of(STALE), START.plusSeconds(12));

    assertThat(last().get("text").asText()).contains("&lt;old&gt; &amp;");
  }

  @Test
  void anAddressIsNeverPartOfAMessage() {
    assertThat(Webhook.of("https://discord.com/api/webhooks/1/topsecret").toString())
        .isEqualTo("discord webhook at discord.com");
    assertThat(Webhook.of("https://hooks.slack.com/services/topsecret").toString())
        .isEqualTo("slack webhook at hooks.slack.com");
    assertThat(Webhook.of("https://example.org/x?topsecret").toString())
        .isEqualTo("json webhook at example.org");
  }
}

package dev.assay.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.service.ValidatorSettings.Address;
import dev.assay.jobs.monitor.MonitorServer.Answer;
import dev.assay.jobs.status.Problem;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.validator.Vitals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  /** By default: 3 times 20 minutes for a model, 64 looks of 12 seconds, 5 minutes of slack. */
  private static final Duration LIMIT = Duration.ofSeconds(3_600 + 768 + 300);

  private static Answer after(Duration silence, List<Problem> problems) {
    StatusReport status =
        new StatusReport(
            StatusReport.State.UNREACHABLE,
            "no endpoint answers",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            problems);
    Vitals.Moment moment =
        new Vitals.Moment(
            Optional.of(status),
            Duration.ZERO,
            silence,
            "evaluate",
            Instant.EPOCH,
            3,
            Map.of(),
            Optional.empty(),
            List.of());
    return Health.of(moment, AssayConfiguration.defaults());
  }

  private static HttpResponse<String> asked(Answer health) throws Exception {
    Answer metrics = new Answer(200, "text/plain", "");
    try (MonitorServer server =
        MonitorServer.start(new Address("127.0.0.1", 0), () -> health, () -> metrics)) {
      URI address = server.address().resolve("/healthz");
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aStepSilentForLongerThanAnyModelMayBeIsSick() throws Exception {
    HttpResponse<String> alive = asked(after(LIMIT.minusMillis(1), List.of()));
    HttpResponse<String> sick = asked(after(LIMIT, List.of()));

    assertThat(alive.statusCode()).isEqualTo(200);
    assertThat(alive.body()).contains("\"alive\":true");
    assertThat(sick.statusCode()).isEqualTo(503);
    assertThat(sick.body())
        .contains("\"alive\":false", "\"step\":\"evaluate\"", "\"silence_seconds\":4668");
  }

  @Test
  void aProblemOfTheChainIsToldAndIsNoReasonToRestart() throws Exception {
    HttpResponse<String> told =
        asked(after(Duration.ZERO, List.of(new Problem("endpoint_unreachable", "what", "fix"))));

    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body())
        .contains("\"state\":\"UNREACHABLE\"", "\"problems\":[\"endpoint_unreachable\"]");
  }
}

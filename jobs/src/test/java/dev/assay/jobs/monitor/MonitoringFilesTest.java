package dev.assay.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.validator.Vitals;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the dashboard and the rules name, a validator tells. */
class MonitoringFilesTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final Pattern NAME = Pattern.compile("\\bassay_[a-z_]+");

  static String scrape() {
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
            new TreeMap<>(Map.of("MINER", 1, "INFRASTRUCTURE", 1)),
            Optional.of(50L),
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
    return new ValidatorMetrics(AssayConfiguration.defaults(), "0.1")
        .text(moment, Instant.EPOCH.plusSeconds(30));
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  @Test
  void everyMetricOfTheRulesAndOfTheDashboardIsInAScrape() throws Exception {
    Set<String> told = names(scrape());

    assertThat(told).containsAll(names(Files.readString(CONF.resolve("grafana/assay.json"))));
    assertThat(told)
        .containsAll(names(Files.readString(CONF.resolve("prometheus/assay-rules.yaml"))));
  }

  @Test
  void figuresComeFromChainAndTables() {
    assertThat(scrape())
        .contains("assay_weights_age_blocks 10\n", "assay_endpoint_lag_seconds 30\n")
        .contains("assay_samples_lag_blocks 1\n", "assay_queue_age_blocks 70\n")
        .contains("assay_validator_trust_ratio 0.500000\n", "assay_problem{id=\"disk_low\"} 0\n")
        .contains("assay_evaluation_refused_models{blame=\"INFRASTRUCTURE\"} 1\n")
        .contains("assay_steps_total{outcome=\"failed\",step=\"evaluate\"} 1\n");
  }
}

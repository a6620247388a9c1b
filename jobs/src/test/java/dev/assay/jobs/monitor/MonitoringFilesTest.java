package dev.assay.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.validator.Vitals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the dashboard and the rules name, a validator tells. */
class MonitoringFilesTest {
  private static String scrape() {
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
            new TreeMap<>(Map.of("node-3", 2)),
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
            Optional.empty(),
            List.of());
    return new ValidatorMetrics(AssayConfiguration.defaults(), "0.1")
        .text(moment, Instant.EPOCH.plusSeconds(30));
  }

  @Test
  void everyMetricOfTheRulesAndOfTheDashboardIsInAScrape() throws Exception {
    assertThat(MonitoringFiles.names(scrape())).containsAll(MonitoringFiles.wanted());
  }

  @Test
  void everyRuleHasACaseInWhichItSounds() throws Exception {
    Path folder = MonitoringFiles.CONF.resolve("prometheus");
    YAMLMapper yaml = new YAMLMapper();
    List<String> rules = new ArrayList<>();
    yaml.readTree(folder.resolve("assay-rules.yaml").toFile())
        .findValues("alert")
        .forEach(name -> rules.add(name.asText()));
    Set<String> sounding = new TreeSet<>();
    for (JsonNode cases :
        yaml.readTree(folder.resolve("assay-rules-test.yaml").toFile())
            .findValues("alert_rule_test")) {
      cases.forEach(
          each -> {
            if (!each.path("exp_alerts").isEmpty()) {
              sounding.add(each.path("alertname").asText());
            }
          });
    }

    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(sounding).containsExactlyInAnyOrderElementsOf(rules);
  }

  @Test
  void figuresComeFromChainAndTables() {
    assertThat(scrape())
        .contains("assay_weights_age_blocks 10\n", "assay_endpoint_lag_seconds 30\n")
        .contains("assay_samples_lag_blocks 1\n", "assay_queue_age_blocks 70\n")
        .contains("assay_validator_trust_ratio 0.500000\n", "assay_problem{id=\"disk_low\"} 0\n")
        .contains("assay_quarantined_nodes 1\n", "assay_problem{id=\"trust_falls\"} 0\n")
        .contains("assay_evaluation_refused_models{blame=\"INFRASTRUCTURE\"} 1\n")
        .contains("assay_steps_total{outcome=\"failed\",step=\"evaluate\"} 1\n");
  }
}

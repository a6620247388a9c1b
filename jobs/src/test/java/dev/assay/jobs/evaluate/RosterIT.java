package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that do not evaluate the whole subnet. */
class RosterIT {
  @TempDir private static Path folder;
  @AutoClose private static ThreeMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = ThreeMiners.start(folder);
  }

  /** A validator that evaluates two models first, and none of the rest again. */
  private AssayConfiguration configuration() throws Exception {
    HubMiners.configuration(own, miners.hub().address(), Map.of());
    Path file = own.resolve("assay.yaml");
    String roster = "roster: {whole_up_to: 2, again_every: 10000, first: 2}, ";
    Files.writeString(
        file, Files.readString(file).replace("evaluation: {", "evaluation: {" + roster));
    return AssayConfiguration.load(file, Map.of());
  }

  private static Map<String, String> verdicts(EvaluationReport report) {
    return report.models().stream()
        .collect(Collectors.toMap(EvaluationReport.Model::hotkey, EvaluationReport.Model::verdict));
  }

  @Test
  void whatIsNotOnTheRosterCostsNothingAndTheNextWindowKeepsTheBest() throws Exception {
    AssayConfiguration configuration = configuration();

    EvaluationReport first = miners.evaluate(configuration, 25, miners.commitments());
    List<CommitmentRow> more = new ArrayList<>(miners.commitments());
    more.add(
        HubMiners.commitment(
            4,
            "late",
            17,
            miners.hub().publish("late", miners.hub().checkpoint("late", 104, 1), "late")));
    EvaluationReport second = miners.evaluate(configuration, 35, more);

    assertThat(verdicts(first))
        .containsOnly(
            Map.entry("m1", "ACCEPTED"), Map.entry("m2", "ACCEPTED"), Map.entry("m3", "NOT_DUE"));
    assertThat(verdicts(second))
        .containsOnly(
            Map.entry("m1", "ACCEPTED"),
            Map.entry("m2", "ACCEPTED"),
            Map.entry("m3", "NOT_DUE"),
            Map.entry("late", "ACCEPTED"));
    assertThat(first.models().get(2).reason())
        .isEqualTo(
            "not one of the 2 of 3 models that window 2 evaluates; every window looks at one in"
                + " 10000 of the rest again");
    assertThat(first.models().get(2).weightU16()).isZero();
    assertThat(first.evaluation()).isNotEqualTo(miners.undisturbed().evaluation());
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      assertThat(
              warehouse.table(LossRow.TABLE).rows().stream().map(LossRow::modelDigest).distinct())
          .hasSize(3);
    }
  }

  @Test
  void aSubnetThatFitsIsEvaluatedAsWithoutARoster() throws Exception {
    miners.assertUndisturbed(
        miners.evaluate(
            HubMiners.configuration(own, miners.hub().address(), Map.of()),
            25,
            miners.commitments()));
  }
}

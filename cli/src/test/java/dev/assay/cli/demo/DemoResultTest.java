package dev.assay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.participants.PromptOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  @Test
  void theHighestWeightStandsFirstAndThenTheLowestLoss() {
    DemoResult result =
        new DemoResult(
            6,
            61,
            1,
            "3f9ac1",
            "5Grw",
            List.of(
                new DemoResult.Model(2, "no/loss", "TIMED_OUT", "", null, 0, 0),
                new DemoResult.Model(3, "low/one", "ACCEPTED", "", 3.0, 0.2, 0),
                new DemoResult.Model(4, "high/one", "ACCEPTED", "", 3.5, 0.9, 0.9)),
            Map.of(),
            Map.of(),
            new PromptOutcome(18, Map.of(), Map.of(), Map.of(), Map.of()),
            List.of(),
            "report.html",
            "leaderboard/index.html");

    assertThat(result.ranked()).extracting(DemoResult.Model::uid).containsExactly(4, 3, 2);
  }
}

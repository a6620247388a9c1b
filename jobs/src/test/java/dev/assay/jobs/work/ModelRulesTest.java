package dev.assay.jobs.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.ComputationBounds;
import dev.assay.score.rules.NormBounds;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelRulesTest {
  private static Competition competition(Optional<NormBounds> norms) {
    return new Competition(
        "b1",
        List.of("llama"),
        11,
        12,
        13,
        "byte",
        "plain",
        14,
        15,
        1,
        "f32",
        norms,
        new ComputationBounds(16, 17),
        Optional.empty(),
        Policy.named(Policy.ORIGINAL_RANKED));
  }

  /** The rules and the gate have records of their own; each number arrives in its place. */
  @Test
  void theGatesLimitsAreTheCompetitionsBounds() {
    ModelRules rules = ModelRules.of(competition(Optional.of(new NormBounds(2, 0.3, 4))));

    assertThat(rules.norms().soft()).isEqualTo(2);
    assertThat(rules.norms().softShare()).isEqualTo(0.3);
    assertThat(rules.norms().hard()).isEqualTo(4);
    assertThat(rules.computation()).isEqualTo(new ComputationLimits(16, 17));
    CheckpointLimits files = rules.checkpoint();
    assertThat(files.parameters()).isEqualTo(12);
    assertThat(files.bytes()).isEqualTo(13);
  }

  @Test
  void aCompetitionWithoutBoundsAllowsAnyNorm() {
    assertThat(ModelRules.of(competition(Optional.empty())).norms())
        .isEqualTo(new NormLimits(Double.MAX_VALUE, 1, Double.MAX_VALUE));
  }
}

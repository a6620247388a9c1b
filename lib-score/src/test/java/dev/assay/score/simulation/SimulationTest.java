package dev.assay.score.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.rules.Policy;
import org.junit.jupiter.api.Test;

/** The experiments on the original's rule, and what policy assay-1 makes of them. */
class SimulationTest {
  private static final Policy ORIGINAL = Policy.named(Policy.ORIGINAL);
  private static final Policy ASSAY = Policy.named(Policy.ASSAY_1);

  @Test
  void sixClonesMultiplyTheCoalitionsShareUnderTheOriginal() {
    SimulationResult result = Simulation.run("clones-6", ORIGINAL, 20, 1);
    assertThat(result.baselineShare().get(Group.COALITION)).isCloseTo(0.015, within(5e-4));
    assertThat(result.share().get(Group.COALITION)).isCloseTo(0.249, within(5e-4));
  }

  @Test
  void sixClonesRaiseTheCoalitionByLessThanHalfAPoint() {
    for (long seed = 1; seed <= 5; seed++) {
      SimulationResult result = Simulation.run("clones-6", ASSAY, 50, seed);
      assertThat(rise(result, Group.COALITION)).isLessThanOrEqualTo(0.005);
      assertThat(result.share().get(Group.WINNER)).isGreaterThan(0.99);
    }
  }

  @Test
  void infiniteModelsTakeAFifthFromTheWinnerUnderTheOriginal() {
    SimulationResult result = Simulation.run("junk-inf-5", ORIGINAL, 20, 1);
    assertThat(result.baselineShare().get(Group.WINNER)).isCloseTo(0.956, within(5e-4));
    assertThat(result.share().get(Group.WINNER)).isCloseTo(0.751, within(5e-4));
    assertThat(result.share().get(Group.OTHERS)).isGreaterThan(0.187);
  }

  @Test
  void nanModelsArePaidUnderTheOriginal() {
    SimulationResult result = Simulation.run("junk-nan-5", ORIGINAL, 20, 1);
    assertThat(result.share().get(Group.WINNER)).isCloseTo(0.741, within(5e-4));
    assertThat(result.share().get(Group.JUNK)).isCloseTo(5 * 0.0029, within(5e-4));
  }

  @Test
  void junkMovesNothing() {
    for (String scenario : new String[] {"junk-inf-5", "junk-nan-5"}) {
      for (String policy : new String[] {Policy.ASSAY_1, Policy.ORIGINAL_RANKED}) {
        SimulationResult result = Simulation.run(scenario, Policy.named(policy), 50, 3);
        assertThat(result.share().get(Group.WINNER))
            .isEqualTo(result.baselineShare().get(Group.WINNER));
        assertThat(result.share().get(Group.JUNK)).isZero();
      }
    }
  }

  @Test
  void noWeightOfTwoEqualModelsMovesByMoreThanTwoPercentInAThousandEpochs() {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(Simulation.run("twins", ASSAY, 1_000, seed).largestMovement()).isLessThan(0.02);
    }
  }

  @Test
  void theOriginalsWeightsOfTwoEqualModelsFollowChance() {
    assertThat(Simulation.run("twins", ORIGINAL, 1_000, 1).largestMovement()).isGreaterThan(0.02);
  }

  @Test
  void fortyTriesWithoutAnImprovementEarnNothing() {
    SimulationResult result = Simulation.run("lucky-40", ASSAY, 230, 1);
    assertThat(result.share().get(Group.COALITION)).isZero();
    assertThat(result.share().get(Group.WINNER)).isGreaterThan(0.9);
  }

  @Test
  void noisyCopiesOfTheWinnerEarnNothing() {
    SimulationResult result = Simulation.run("copies-4", ASSAY, 50, 1);
    assertThat(result.share().get(Group.COALITION)).isZero();
    assertThat(Simulation.run("copies-4", ORIGINAL, 50, 1).share().get(Group.COALITION))
        .isGreaterThan(0.1);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    assertThat(Simulation.run("lucky-40", ASSAY, 30, 9))
        .isEqualTo(Simulation.run("lucky-40", ASSAY, 30, 9));
  }

  @Test
  void anUnknownScenarioAndSenselessEpochsAreRefused() {
    assertThatThrownBy(() -> Simulation.run("clones", ASSAY, 1, 1))
        .hasMessageContaining("scenario: is \"clones\", must be one of [clones-6");
    assertThatThrownBy(() -> Simulation.run("twins", ASSAY, 0, 1))
        .hasMessage("epochs: is 0, must be from 1 to 100000");
  }

  private static double rise(SimulationResult result, Group group) {
    return result.share().get(group) - result.baselineShare().get(group);
  }
}

package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Advantage;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.statistics.Significance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two validators whose kernels differ within the stated tolerance. */
class KernelToleranceTest {
  private static final int MODELS = 12;
  private static final int SAMPLES = 400;

  /**
   * How far thread counts move a loss, relatively: docs/decisions/10-kernels-and-their-names.md.
   */
  private static final double CORE_COUNTS = 1e-6;

  private static final double TOLERANCE = Significance.DEFAULT.tolerance();

  @Test
  void setIdenticalVectorsThroughThirtyWindows() {
    int disagreements = 0;
    for (int field = 0; field < 10; field++) {
      disagreements += disagreements(field, Policy.named(Policy.ASSAY_1), false, TOLERANCE);
    }
    assertThat(disagreements).isZero();
  }

  /** Each machine errs in one direction on all samples of a model, as far as core counts go. */
  @Tag("long")
  @Test
  void machinesWithOtherCoreCountsSetIdenticalVectors() {
    int disagreements = 0;
    for (int field = 0; field < 30; field++) {
      disagreements += disagreements(field, Policy.named(Policy.ASSAY_1), true, 2 * CORE_COUNTS);
    }
    assertThat(TOLERANCE).isGreaterThan(100 * CORE_COUNTS);
    assertThat(disagreements).isZero();
  }

  /**
   * The worst case: a machine errs in one direction on all samples of a model, by half the
   * tolerance. A threshold has an edge, and now and then a decision falls earlier on one machine:
   * over many fields in 3.8 % of the windows (docs/scoring.md).
   */
  @Tag("long")
  @Test
  void aSystematicErrorOfTheWholeToleranceShowsInFewWindows() {
    int disagreements = 0;
    for (int field = 1000; field < 1030; field++) {
      disagreements += disagreements(field, Policy.named(Policy.ASSAY_1), true, TOLERANCE);
    }
    assertThat(disagreements).isBetween(1, 900 / 10);
  }

  /**
   * The one of two validators that overtakes three windows late pays the old leader a little longer
   * than the other; 29 windows after his last weight both set the same vector again, for good.
   */
  @Test
  void aLateDecisionIsForgotten() {
    Standings mine = Standings.none();
    Standings theirs = Standings.none();
    List<Boolean> same = new ArrayList<>();
    for (int window = 0; window < 48; window++) {
      ModelResult first = even(0, 1.0, window);
      ModelResult second = even(1, 0.8, window);
      List<ModelResult> seen = window < 3 ? List.of(first) : List.of(first, second);
      Policy policy = Policy.named(Policy.ASSAY_1);
      ScoringResult here = score(policy, List.of(first, second), window, mine);
      ScoringResult there = score(policy, seen, window, theirs);
      mine = here.standings();
      theirs = there.standings();
      same.add(here.vector().equals(there.vector()));
    }
    assertThat(same.subList(0, 31)).containsOnly(false);
    assertThat(same.subList(32, 48)).containsOnly(true);
  }

  private static ModelResult even(int uid, double quality, int window) {
    double[] losses = new double[SAMPLES];
    SeededRandom own = SeededRandom.of(6, uid, window);
    for (int i = 0; i < SAMPLES; i++) {
      losses[i] = 2 * quality * (1 + 0.05 * own.nextGaussian());
    }
    return ModelResult.accepted(Entry.of(uid, "h" + uid, 10 + uid, "d" + uid), Losses.of(losses));
  }

  @Test
  void underTheOriginalTheyDisagree() {
    assertThat(disagreements(0, Policy.named(Policy.ORIGINAL), false, TOLERANCE)).isPositive();
  }

  @Test
  void modelsThatDifferWithinTheToleranceNeverOvertake() {
    Entry first = Entry.of(0, "h0", 10, "a");
    Entry second = Entry.of(1, "h1", 20, "b");
    double[] one = new double[SAMPLES];
    double[] other = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      one[i] = 2;
      other[i] = 2 * (1 - 0.9 * TOLERANCE);
    }
    Policy policy = Policy.named(Policy.ASSAY_1).withAdvantage(Advantage.fixed(0));
    ScoringResult result =
        Scoring.score(
            ScoringInput.of(
                100,
                Round.only(
                    policy,
                    List.of(
                        ModelResult.accepted(first, Losses.of(one)),
                        ModelResult.accepted(second, Losses.of(other)))),
                Standings.none()));
    assertThat(result.models().get(0).stepWeight()).isEqualTo(1);
  }

  /**
   * @param apart how far two machines' losses lie apart at most, relatively
   */
  private static int disagreements(int field, Policy policy, boolean systematic, double apart) {
    Standings mine = Standings.none();
    Standings theirs = Standings.none();
    int disagreements = 0;
    for (int window = 0; window < 30; window++) {
      ScoringResult here = score(policy, models(field, window, 0, systematic, apart), window, mine);
      ScoringResult there =
          score(policy, models(field, window, 1, systematic, apart), window, theirs);
      mine = here.standings();
      theirs = there.standings();
      disagreements += here.vector().equals(there.vector()) ? 0 : 1;
    }
    return disagreements;
  }

  private static ScoringResult score(
      Policy policy, List<ModelResult> models, int window, Standings previous) {
    Round round = new Round("only", 1, policy, new Samples(window, List.of()), models);
    return Scoring.score(ScoringInput.of(10_000 + 100L * window, round, previous));
  }

  private static List<ModelResult> models(
      int field, int window, int machine, boolean systematic, double apart) {
    List<ModelResult> models = new ArrayList<>();
    for (int uid = 0; uid < MODELS; uid++) {
      double quality = 1 - 0.05 * SeededRandom.of(1, field, uid).nextDouble();
      SeededRandom base = SeededRandom.of(2, field, window);
      SeededRandom own = SeededRandom.of(3, field, window, uid);
      SeededRandom kernel = SeededRandom.of(4, field, window, uid, machine);
      double bias = SeededRandom.of(5, field, uid, machine).nextDouble() < 0.5 ? 0 : 1;
      double[] losses = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        double exact = (1 + 2 * base.nextDouble()) * quality * (1 + 0.1 * own.nextGaussian());
        double error = (2 * (systematic ? bias : kernel.nextDouble()) - 1) * apart / 2;
        losses[i] = Math.max(0, exact) * (1 + error);
      }
      Entry entry = Entry.of(uid, "h" + uid, 1_000 + 100L * uid, "d" + uid);
      models.add(ModelResult.accepted(entry, Losses.of(losses)));
    }
    return models;
  }
}

package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.CompetitionSchedule;
import dev.assay.score.rules.CompetitionSchedule.Phase;
import dev.assay.score.rules.ComputationBounds;
import dev.assay.score.rules.NormBounds;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarryOverTest {
  @Test
  void aClosedCompetitionPaysNobodyAnyMore() {
    CompetitionSchedule schedule =
        new CompetitionSchedule(
            List.of(
                new Phase(0, List.of(competition("l3", 0.6), competition("s1", 0.4))),
                new Phase(1_000, List.of(competition("s1", 1)))));
    Standings left =
        new Standings(
            List.of(standing(0, "l3", 0.6), standing(1, "s1", 0.4)),
            List.of(Evidence.none("l3", "a", "b"), Evidence.none("s1", "a", "b")));

    assertThat(CarryOver.of(schedule, left, 900, 999)).isEqualTo(left);
    Standings carried = CarryOver.of(schedule, left, 900, 1_000);
    assertThat(carried.weightByUid()).containsExactly(Map.entry(1, 0.4));
    assertThat(carried.evidence()).containsExactly(Evidence.none("s1", "a", "b"));
  }

  @Test
  void whereLossesAreMeasuredOtherwiseDecisionsStandAndObservationsAreForgotten() {
    CompetitionSchedule schedule =
        new CompetitionSchedule(
            List.of(
                new Phase(0, List.of(competition("l3", 1))),
                new Phase(1_000, List.of(cut("l3", 4096)))));
    Evidence decided =
        new Evidence("l3", "a", "b", 7, 400, 400, 40, 800, 5, 90, 1_700, 40, 800, 400, true);
    Standings left = new Standings(List.of(standing(0, "l3", 1)), List.of(decided));

    assertThat(CarryOver.of(schedule, left, 900, 950).evidence()).containsExactly(decided);
    Standings carried = CarryOver.of(schedule, left, 900, 1_000);
    assertThat(carried.standings()).isEqualTo(left.standings());
    Evidence forgotten = carried.evidence().get(0);
    assertThat(forgotten.n()).isZero();
    assertThat(forgotten.window()).isEqualTo(-1);
    assertThat(forgotten.laterLeads()).isTrue();
  }

  @Test
  void averagesFollowANewShareAtOnce() {
    Standings left = new Standings(List.of(standing(0, "l3", 0.6)), List.of());
    ModelResult model = ModelResult.accepted(Entry.of(0, "h0", 10, "a"), Losses.of(1.0, 1.1, 1.2));
    Round round = Round.of(competition("l3", 0.5), List.of(model));

    ScoringResult result = Scoring.score(ScoringInput.of(1_000, round, left));

    assertThat(result.standings().weightByUid()).containsExactly(Map.entry(0, 0.5));
  }

  @Test
  void underOneAverageForAllAClosedCompetitionFades() {
    Competition original = competition("m1", 1, Policy.named(Policy.ORIGINAL));
    CompetitionSchedule schedule =
        new CompetitionSchedule(
            List.of(
                new Phase(0, List.of(original)),
                new Phase(1_000, List.of(competition("l3", 1, Policy.named(Policy.ORIGINAL))))));
    Standings left = new Standings(List.of(standing(0, "m1", 0.9)), List.of());

    assertThat(CarryOver.of(schedule, left, 900, 1_000)).isEqualTo(left);
  }

  private static Standing standing(int uid, String competition, double weight) {
    return new Standing(new Registration(uid, "h" + uid, 0), competition, weight, 0);
  }

  private static Competition competition(String id, double share) {
    return competition(id, share, Policy.named(Policy.ASSAY_1));
  }

  private static Competition competition(String id, double share, Policy policy) {
    return competition(id, share, 2_048, policy);
  }

  private static Competition cut(String id, int sequenceLength) {
    return competition(id, 1, sequenceLength, Policy.named(Policy.ASSAY_1));
  }

  private static Competition competition(
      String id, double share, int sequenceLength, Policy policy) {
    return new Competition(
        id,
        List.of("llama"),
        0,
        8L << 30,
        15L << 30,
        "NousResearch/Meta-Llama-3-8B-Instruct",
        "llama-3",
        sequenceLength,
        400,
        share,
        "bf16",
        Optional.of(new NormBounds(200, 0.15, 1000)),
        ComputationBounds.of(8L << 30),
        Optional.empty(),
        policy);
  }
}

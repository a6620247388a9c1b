package dev.assay.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.CompetitionSchedule.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompetitionScheduleTest {
  @Test
  void aRuleChangesAtABlock() {
    CompetitionSchedule schedule =
        new CompetitionSchedule(
            List.of(
                new Phase(0, List.of(competition("m1", 1))),
                new Phase(1_000, List.of(competition("l3", 0.6), competition("s1", 0.4)))));
    assertThat(schedule.at(999)).extracting(Competition::id).containsExactly("m1");
    assertThat(schedule.at(1_000)).extracting(Competition::id).containsExactly("l3", "s1");
    assertThat(schedule.find(1_000, "m1")).isEmpty();
    assertThat(schedule.find(999, "m1")).isPresent();
  }

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

    assertThat(schedule.carriedOver(left, 900, 999)).isEqualTo(left);
    Standings carried = schedule.carriedOver(left, 900, 1_000);
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

    assertThat(schedule.carriedOver(left, 900, 950).evidence()).containsExactly(decided);
    Standings carried = schedule.carriedOver(left, 900, 1_000);
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

    assertThat(schedule.carriedOver(left, 900, 1_000)).isEqualTo(left);
  }

  private static Standing standing(int uid, String competition, double weight) {
    return new Standing(new Registration(uid, "h" + uid, 0), competition, weight, 0);
  }

  @Test
  void sharesSumToOne() {
    assertThatThrownBy(() -> new Phase(7, List.of(competition("l3", 0.6), competition("s1", 0.5))))
        .hasMessage("schedule from block 7: sum of reward_share: is 1.1, must be 1");
  }

  @Test
  void anIdIsThereOnce() {
    assertThatThrownBy(() -> new Phase(0, List.of(competition("l3", 0.5), competition("l3", 0.5))))
        .hasMessageContaining("competition.id: l3 is there twice");
  }

  @Test
  void theScheduleCoversEveryBlock() {
    assertThatThrownBy(
            () -> new CompetitionSchedule(List.of(new Phase(5, List.of(competition("a", 1))))))
        .hasMessageContaining("begins at block 5, must begin at block 0");
    assertThatThrownBy(() -> new CompetitionSchedule(List.of()))
        .hasMessageContaining("must begin at block 0");
  }

  @Test
  void phasesFollowEachOther() {
    Phase first = new Phase(0, List.of(competition("a", 1)));
    assertThatThrownBy(() -> new CompetitionSchedule(List.of(first, first)))
        .hasMessage("schedule.from_block: 0 follows 0, must be greater");
  }

  @Test
  void anErrorNamesKeyValueAndLimit() {
    assertThatThrownBy(() -> competition("l3", 0))
        .hasMessage("reward_share of competition l3: is 0, must be above 0");
    assertThatThrownBy(() -> competition("l/3", 1))
        .hasMessage("competition.id: is \"l/3\", must be 1 to 8 letters or digits");
    assertThatThrownBy(() -> competition("l3", Double.NaN))
        .hasMessageContaining("reward_share of competition l3: is NaN");
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
        Dtype.BF16,
        Optional.of(new NormLimits(200, 0.15, 1000)),
        ComputationLimits.of(8L << 30),
        Optional.empty(),
        policy);
  }
}

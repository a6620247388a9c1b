package dev.assay.score.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.rules.CompetitionSchedule.Phase;
import java.util.List;
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
    return new Competition(
        id,
        List.of("llama"),
        0,
        8L << 30,
        15L << 30,
        "NousResearch/Meta-Llama-3-8B-Instruct",
        "llama-3",
        2_048,
        400,
        share,
        "bf16",
        Optional.of(new NormBounds(200, 0.15, 1000)),
        ComputationBounds.of(8L << 30),
        Optional.empty(),
        Policy.named(Policy.ASSAY_1));
  }
}

package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JudgedEnoughTest {
  private final JudgedEnough enough = new JudgedEnough(0.95);

  private static Judgement judgement(String hotkey, Optional<Fault> fault, boolean loaded) {
    CommitmentRow row =
        new CommitmentRow(
            1, 25, "0x", hotkey, 1, 1, 5, "00", Optional.of("text"), Optional.of("Raw"));
    return new Judgement(
        new Candidate(row, Optional.empty(), Optional.empty(), fault, OptionalInt.empty()),
        fault,
        loaded ? Optional.of("digest of " + hotkey) : Optional.empty(),
        Losses.none(),
        0,
        0,
        Cost.NONE);
  }

  private static Judgement judged(String hotkey) {
    return judgement(hotkey, Optional.empty(), true);
  }

  private static Judgement failed(String hotkey, Origin origin) {
    return judgement(
        hotkey, Optional.of(Fault.of(Verdict.UNAVAILABLE, origin, "no " + hotkey)), false);
  }

  private static List<String> hotkeys(List<Judgement> judgements) {
    return judgements.stream().map(j -> j.candidate().commitment().hotkey()).toList();
  }

  @Test
  void aRepositoryThatFailsWhileAnotherLoadsFailsByItself() {
    Judgement failed = failed("a", Origin.REPOSITORY);

    assertThat(JudgedEnough.unjudged(List.of(failed, judged("b")))).isEmpty();
    assertThat(JudgedEnough.unjudged(List.of(failed, failed("b", Origin.REPOSITORY)))).hasSize(2);
  }

  @Test
  void diskNodeAndTokenAreOurs() {
    List<Judgement> all = new ArrayList<>(List.of(judged("judged"), failed("model", Origin.MODEL)));
    for (Origin ours : List.of(Origin.DISK, Origin.NODE, Origin.TOKEN)) {
      all.add(failed(ours.name(), ours));
    }

    assertThat(hotkeys(JudgedEnough.unjudged(all))).containsExactly("DISK", "NODE", "TOKEN");
  }

  @Test
  void moreThatDieThanComeThroughAreTheExecutorsFault() {
    Judgement first = failed("a", Origin.RUN);
    Judgement second = failed("b", Origin.RUN);

    assertThat(JudgedEnough.unjudged(List.of(first, judged("c")))).isEmpty();
    assertThat(JudgedEnough.unjudged(List.of(first, second, judged("c")))).hasSize(2);
  }

  @Test
  void onlyWhatIsPaidCounts() {
    List<Judgement> all =
        List.of(judged("a"), failed("rich", Origin.NODE), failed("poor", Origin.NODE));

    assertThatCode(() -> enough.require(Map.of("a", 95L, "rich", 5L), all))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> enough.require(Map.of("a", 94L, "rich", 6L), all))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("6.00 % of what is paid")
        .hasMessageContaining("at most 5.00 %")
        .hasMessageContaining("no rich");
  }

  @Test
  void whereNobodyIsPaidYetAllModelsCountAlike() {
    List<Judgement> all = new ArrayList<>(List.of(failed("ours", Origin.NODE)));
    for (int i = 0; i < 18; i++) {
      all.add(judged("j" + i));
      all.add(failed("their own fault " + i, Origin.MODEL));
    }
    assertThatThrownBy(() -> enough.require(Map.of("ours", 0L), all))
        .isInstanceOf(NotReadyException.class);

    all.add(judged("j18"));
    assertThatCode(() -> enough.require(Map.of("ours", 0L), all)).doesNotThrowAnyException();
  }
}

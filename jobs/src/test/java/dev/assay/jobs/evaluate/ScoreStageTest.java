package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.Examples;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.candidates.WindowSamples;
import dev.assay.jobs.judge.Cost;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreStageTest {
  private static final Registration MINER = new Registration(1, "miner", 1);
  private static final Registration NEWCOMER = new Registration(2, "newcomer", 20);

  @TempDir private Path folder;
  private Warehouse warehouse;
  private ScoreStage stage;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(folder.toString(), new Configuration());
    stage = new ScoreStage(Examples.settings("nous-0.2.7").schedule(), warehouse);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private static ChainReading reading(Map<String, Long> paid) {
    return new ChainReading(
        "0x",
        1,
        0,
        Examples.BLOCK,
        "0x",
        Examples.WINDOW,
        Hash.fromHex("0x" + "ab".repeat(32)),
        List.of(),
        List.of(MINER, NEWCOMER),
        WeightLimits.NONE,
        paid);
  }

  private EvaluationRow previous(ScoreRow... scores) {
    warehouse.table(ScoreRow.TABLE).append(List.of(scores));
    return new EvaluationRow(
        "previous",
        1,
        0,
        15,
        "0x",
        1,
        "",
        "",
        Optional.empty(),
        "",
        1,
        1,
        1,
        "{}",
        "{}",
        0,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        Optional.empty());
  }

  private static ScoreRow score(Registration holder, double standing, int weight) {
    return new ScoreRow(
        "previous",
        holder.hotkey(),
        holder.uid(),
        holder.block(),
        "b1",
        Optional.empty(),
        "NONE",
        0,
        0,
        0,
        0,
        standing,
        weight,
        false,
        Optional.of(standing),
        0);
  }

  private static Judgement judged() {
    Candidate candidate = Examples.candidate("nous-0.2.7", 1, "miner", 5);
    return new Judgement(
        candidate, Optional.empty(), Optional.of("digest"), Losses.of(1, 2), 4, 2, Cost.NONE);
  }

  private static WindowSamples samples() {
    SampleRow sample = new SampleRow("s0", "", "", "source", 12, Instant.EPOCH, "");
    return new WindowSamples(Map.of("b1", List.of(sample, sample)));
  }

  private ScoringInput input(Optional<EvaluationRow> previous) {
    return stage.input(reading(Map.of()), List.of(judged()), samples(), previous);
  }

  @Test
  void aModelsLossesAreOneRoundOfItsCompetition() {
    ScoringInput input = input(Optional.empty());

    assertThat(input.rounds()).hasSize(1);
    assertThat(input.rounds().get(0).competition()).isEqualTo("b1");
    assertThat(input.rounds().get(0).models().get(0).losses()).isEqualTo(Losses.of(1, 2));
    assertThat(input.rounds().get(0).samples().window()).isEqualTo(Examples.WINDOW.number());
  }

  @Test
  void whoNeverHadAWeightStandsWithNothing() {
    List<Standing> standings =
        input(Optional.of(previous(score(MINER, 0.5, 65_535)))).previous().standings();

    assertThat(standings)
        .containsExactly(new Standing(MINER, "b1", 0.5, 0), new Standing(NEWCOMER, "b1", 0, 0));
  }

  @Test
  void aVectorOfOursDecidesWhatIsCarriedBeforeConsensusDoes() {
    Map<String, Long> paid = Map.of("miner", 7L, "newcomer", 3L);

    assertThat(stage.carried(reading(paid), Optional.empty())).isEqualTo(paid);
    assertThat(stage.carried(reading(paid), Optional.of(previous(score(MINER, 0.5, 65_535)))))
        .isEqualTo(Map.of("miner", 65_535L));
  }

  @Test
  void aRecycledUidCarriesNothing() {
    Registration former = new Registration(1, "former", 1);

    assertThat(
            stage.carried(
                reading(Map.of("miner", 7L)), Optional.of(previous(score(former, 0.5, 9)))))
        .isEqualTo(Map.of("miner", 7L));
  }

  @Test
  void everyModelAndEveryStandingIsARow() {
    List<ScoreRow> rows = ScoreStage.rows("id", Scoring.score(input(Optional.empty())));

    assertThat(rows).extracting(ScoreRow::hotkey).containsExactlyInAnyOrder("miner", "newcomer");
    assertThat(rows)
        .filteredOn(row -> row.hotkey().equals("newcomer"))
        .extracting(ScoreRow::verdict)
        .containsExactly("NONE");
  }
}

package dev.assay.report.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.report.bench.MadeUpSubnet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables and a bundle say of a made-up subnet. */
class BoardAssemblyTest {
  private static final MadeUpSubnet SUBNET = new MadeUpSubnet(2, 48, 5, 24);

  @TempDir private static Path folder;

  private static TableRows rows;
  private static BundleEvidence evidence;

  @BeforeAll
  static void read() {
    BundleFolder bundle = new BundleFolder(folder.resolve("bundles").resolve(SUBNET.latest()));
    SUBNET.write(bundle);
    evidence = BundleEvidence.of(bundle);
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      SUBNET.fill(warehouse);
      rows = TableRows.read(warehouse, 0, MadeUpSubnet.WINDOW);
    }
  }

  private static Board board(TableRows of, Instant now, Optional<SubnetState> subnet) {
    return BoardAssembly.of(
        of,
        Optional.of(evidence),
        subnet,
        new BoardAssembly.Context(
            1, 0, MadeUpSubnet.WINDOW, Optional.of(SUBNET.ours()), now, List.of()));
  }

  private static Board board() {
    return board(rows, SUBNET.finishedAt(), Optional.empty());
  }

  private static CompetitionBoard competition() {
    return board().competitions().get(0);
  }

  @Test
  void modelsStandByWeightAndEveryCommitmentIsThere() {
    List<ModelLine> models = competition().models();

    assertThat(models).hasSize(45).extracting(ModelLine::rank).isSorted();
    assertThat(models)
        .isSortedAccordingTo(Comparator.comparingDouble(ModelLine::weightNext).reversed());
    assertThat(models.stream().mapToDouble(ModelLine::weightNext).sum())
        .isCloseTo(1, Offset.offset(1e-9));
    assertThat(models.stream().mapToDouble(ModelLine::weightNow).sum())
        .isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void aLossLiesWithinItsBoundsAndTheLeaderIsNotBehindItself() {
    ModelLine leader = competition().models().get(0);
    ModelLine other = competition().models().get(5);

    assertThat(leader.behind().orElseThrow().estimate()).isZero();
    assertThat(other.loss().orElseThrow().estimate())
        .isBetween(other.loss().orElseThrow().low(), other.loss().orElseThrow().high());
    assertThat(other.behind().orElseThrow().estimate())
        .isCloseTo(
            other.loss().orElseThrow().estimate() - leader.loss().orElseThrow().estimate(),
            Offset.offset(1e-9));
    assertThat(leader.epsilon()).isPresent();
    assertThat(leader.epsilonFloorBlock().orElseThrow()).isGreaterThan(leader.committedBlock());
  }

  @Test
  void aRejectedModelHasAReasonAndNoLoss() {
    ModelLine rejected =
        competition().models().stream()
            .filter(line -> line.verdict().equals("REJECTED_CHECKPOINT"))
            .findFirst()
            .orElseThrow();

    assertThat(rejected.loss()).isEmpty();
    assertThat(rejected.reason()).startsWith("made up");
    assertThat(rejected.why()).isNotEmpty();
  }

  @Test
  void copiesAreNamedWithTheirOriginal() {
    assertThat(competition().copies())
        .contains(new CompetitionBoard.Copy(19, 18, true, Optional.empty()))
        .contains(new CompetitionBoard.Copy(39, 38, true, Optional.empty()));
  }

  @Test
  void winsAndLossesOfAPairMirrorEachOther() {
    Map<List<Integer>, CompetitionBoard.Wins> pairs = new java.util.HashMap<>();
    competition().wins().forEach(pair -> pairs.put(List.of(pair.uid(), pair.against()), pair));

    assertThat(pairs).hasSize(12 * 11);
    pairs.forEach(
        (key, pair) -> {
          CompetitionBoard.Wins mirror = pairs.get(List.of(key.get(1), key.get(0)));
          assertThat(pair.won()).isEqualTo(mirror.lost());
        });
  }

  @Test
  void historyHasAPointForEveryEvaluation() {
    assertThat(competition().models().get(0).history()).hasSize(5);
    assertThat(competition().bestLosses()).hasSize(5);
    assertThat(competition().bestLosses())
        .allMatch(best -> best.below().orElseThrow() < best.loss());
    assertThat(board().evaluations()).hasSize(5);
    assertThat(board().evaluations().get(0).evaluation()).isEqualTo(SUBNET.latest());
  }

  @Test
  void samplesAreGroupedByLengthAndSource() {
    assertThat(competition().byLength()).hasSize(4);
    assertThat(competition().byLength().stream().mapToInt(g -> g.samples()).sum()).isEqualTo(24);
    assertThat(competition().bySource().stream().mapToInt(g -> g.samples()).sum()).isEqualTo(24);
    assertThat(board().sources().stream().mapToInt(SourceLine::samples).sum()).isEqualTo(24);
  }

  @Test
  void theStateIsOneWordWithItsReason() {
    Instant now = SUBNET.finishedAt();
    TableRows none = new TableRows(List.of(), Map.of(), Map.of(), List.of(), List.of());
    TableRows unset =
        new TableRows(rows.evaluations(), rows.verdicts(), rows.scores(), List.of(), List.of());

    assertThat(board().banner().state()).isEqualTo(Banner.State.GOOD);
    assertThat(board().banner().weights().orElseThrow().isFinal()).isTrue();
    assertThat(board(none, now, Optional.empty()).banner().state()).isEqualTo(Banner.State.EMPTY);
    assertThat(board(unset, now, Optional.empty()).banner().state()).isEqualTo(Banner.State.UNSET);
    Banner old = board(rows, now.plusSeconds(3 * 360 * 12 + 12), Optional.empty()).banner();
    assertThat(old.state()).isEqualTo(Banner.State.STALE);
    assertThat(old.reason())
        .isEqualTo("the latest evaluation is 1,081 blocks old; three windows are 1,080");
  }

  @Test
  void manyUnjudgedModelsDegradeTheState() {
    var verdicts = new java.util.HashMap<>(rows.verdicts());
    verdicts.computeIfPresent(
        SUBNET.latest(),
        (id, all) -> all.stream().filter(row -> !row.verdict().equals("ACCEPTED")).toList());
    TableRows mostlyFailed =
        new TableRows(rows.evaluations(), verdicts, rows.scores(), rows.weights(), rows.samples());

    Banner banner = board(mostlyFailed, SUBNET.finishedAt(), Optional.empty()).banner();

    assertThat(banner.state()).isEqualTo(Banner.State.DEGRADED);
    assertThat(banner.reason()).contains("through no fault of their miners");
  }

  @Test
  void agreementIsHalfTheSumOfDifferences() {
    SubnetState state =
        new SubnetState(
            5_100,
            "0x00",
            360,
            100,
            List.of(member(0, SUBNET.ours(), 0.5), member(1, "5Other", 0.5)),
            Map.of(0, Map.of(4, 0.75, 5, 0.25), 1, Map.of(4, 0.25, 6, 0.75)),
            List.of(new SubnetState.Committed(9, "5New", 5_050, Optional.of("a:b"))),
            Optional.empty());

    Board board = board(rows, SUBNET.finishedAt(), Optional.of(state));

    assertThat(board.validators()).hasSize(2);
    assertThat(board.validators().get(0).isOurs()).isTrue();
    assertThat(board.validators().get(0).toOurs()).contains(0.0);
    assertThat(board.validators().get(1).toOurs().orElseThrow())
        .isCloseTo(0.75, Offset.offset(1e-12));
    assertThat(board.validators().get(1).toConsensus().orElseThrow())
        .isCloseTo(1, Offset.offset(1e-12));
    QueueLine waiting =
        board.queue().stream().filter(q -> q.state().equals("WAITING")).findFirst().orElseThrow();
    assertThat(waiting.uid()).isEqualTo(9);
    assertThat(waiting.windowBlock()).isEqualTo(15 * 360);
    assertThat(board.queue()).filteredOn(q -> q.state().equals("AGAIN")).hasSize(1);
  }

  private static SubnetState.Member member(int uid, String hotkey, double consensus) {
    return new SubnetState.Member(
        uid, hotkey, "5Cold", true, true, 10 - uid, 0, 0, 0, 0.5, consensus, 0, 3, 0, 100);
  }
}

package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.score.bundle.StandingsText;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.sampling.SampleDraw;
import dev.assay.score.sampling.SampleDraw.Candidate;
import dev.assay.score.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The defects of finetuning-subnet 0.2.7 that lie in scoring, data or state: every test shows what
 * the original's rule does and that ours does not. The numbers are those of docs/scoring.md; the
 * defects of downloading, hashing, tokenising and submitting are tested where that is done.
 */
class OriginalDefectsTest {
  private static final Policy ORIGINAL = Policy.named(Policy.ORIGINAL);
  private static final Policy ASSAY = Policy.named(Policy.ASSAY_1);

  /** 1: without the chain's consensus the original never gets over its first step. */
  @Test
  void scoringStartsFromNothing() {
    Map<String, List<Integer>> keptByCompetition = new TreeMap<>();
    assertThatThrownBy(() -> keptByCompetition.get("l3").clear())
        .isInstanceOf(NullPointerException.class);
    ScoringResult first = score(ASSAY, Standings.none(), model(0, 10, 1.0), model(1, 20, 0.9));
    assertThat(first.vector().of(1)).isEqualTo(WeightLimits.MAX);
    assertThat(first.kept()).isNotEmpty();
  }

  /** 4: the original computes weights without NaN and sends those with. */
  @Test
  void nanNeverReachesTheVector() {
    double[] weights = {0.5, Double.NaN};
    double[] discarded = Arrays.stream(weights).map(w -> Double.isNaN(w) ? 0 : w).toArray();
    assertThat(discarded[1]).isZero();
    assertThat(weights[1]).isNaN();
    assertThatThrownBy(
            () -> WeightVector.of(new TreeMap<>(Map.of(0, 0.5, 1, Double.NaN)), WeightLimits.NONE))
        .hasMessageContaining("weight of uid 1: is NaN");
    assertThatThrownBy(() -> new Standing(new Registration(1, "h", 0), "c", Double.NaN, 0))
        .hasMessageContaining("is NaN");
  }

  /** 5: the original forgets its moving average when it restarts. */
  @Test
  void aRestartChangesNoBit() {
    ModelResult[] models = {model(0, 10, 1.0), model(1, 20, 0.9)};
    Standings running = score(ASSAY, Standings.none(), models).standings();
    Standings restarted = StandingsText.read(StandingsText.write(running));
    assertThat(score(ASSAY, restarted, models)).isEqualTo(score(ASSAY, running, models));
    Standings original = score(ORIGINAL, Standings.none(), models).standings();
    double forgotten = weight(score(ORIGINAL, Standings.none(), models), 1);
    assertThat(weight(score(ORIGINAL, original, models), 1)).isGreaterThan(1.8 * forgotten);
  }

  /** 6: whoever gets a UID next inherits its weight. */
  @Test
  void aRecycledUidInheritsNothing() {
    Standings before =
        score(ORIGINAL, Standings.none(), model(0, 10, 1.2), model(1, 20, 0.9)).standings();
    Entry newcomer = new Entry(1, "newcomer", 500, 510, OptionalInt.empty(), Optional.of("n"));
    ModelResult bad = ModelResult.accepted(newcomer, losses(5, 2.0));
    ModelResult other = model(0, 10, 1.2);
    assertThat(weight(score(ORIGINAL, before, other, bad), 1)).isGreaterThan(0.08);

    Standings ours =
        score(ASSAY, Standings.none(), model(0, 10, 1.2), model(1, 20, 0.9)).standings();
    Standings held = ours.heldBy(List.of(other.entry().registration(), newcomer.registration()));
    assertThat(weight(score(ASSAY, held, other, bad), 1)).isZero();
    // Even where the caller forgets to say who is registered now.
    assertThat(weight(score(ASSAY, ours, other, bad), 1)).isZero();
  }

  /** 7: a hash salted with the hotkey makes the committed strings of two copies differ. */
  @Test
  void aSaltedHashHidesNoCopy() {
    ModelResult copy = ModelResult.accepted(Entry.of(1, "h1", 20, "sha(x+h1)"), losses(0, 1.0));
    ModelResult first = ModelResult.accepted(Entry.of(0, "h0", 10, "sha(x+h0)"), losses(0, 1.0));
    assertThat(verdicts(score(ORIGINAL, Standings.none(), first, copy)))
        .containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);
    ModelResult sameContent = ModelResult.accepted(Entry.of(1, "h1", 20, "x"), losses(0, 1.0));
    ModelResult content = ModelResult.accepted(Entry.of(0, "h0", 10, "x"), losses(0, 1.0));
    assertThat(verdicts(score(ASSAY, Standings.none(), content, sameContent)))
        .containsExactly(Verdict.ACCEPTED, Verdict.DUPLICATE);
  }

  /** 12: every validator draws with a seed of its own. */
  @Test
  void twoValidatorsDrawTheSameSamples() {
    List<Candidate> feed =
        IntStream.range(0, 2_000).mapToObj(i -> new Candidate("s" + i, "v" + i % 7)).toList();
    assertThat(originalDraw(feed, 1)).isNotEqualTo(originalDraw(feed, 2));
    byte[] blockHash = new byte[32];
    blockHash[0] = 42;
    assertThat(SampleDraw.draw(blockHash, "l3", feed, 400, ASSAY.sampling()))
        .isEqualTo(SampleDraw.draw(blockHash.clone(), "l3", feed, 400, ASSAY.sampling()));
  }

  /** 15: a model that fails on every sample is a match that lifts whoever else it loses to. */
  @Test
  void aFailedModelIsNoMatch() {
    ModelResult junk =
        ModelResult.accepted(Entry.of(9, "h9", 90, "j"), constant(Double.POSITIVE_INFINITY));
    ModelResult[] honest = {model(0, 10, 1.2), model(1, 20, 1.1), model(2, 30, 0.9)};
    ModelResult[] withJunk = {honest[0], honest[1], honest[2], junk};
    assertThat(step(ORIGINAL, withJunk).get(2)).isLessThan(step(ORIGINAL, honest).get(2) - 0.01);
    assertThat(step(ASSAY, withJunk).get(2)).isEqualTo(step(ASSAY, honest).get(2));
  }

  /** 16: the original's draw of an index includes the length, one time in length + 1. */
  @Test
  void aDrawnIndexIsAlwaysInside() {
    Random inclusive = new Random(1);
    SeededRandom ours = new SeededRandom(1);
    int outside = 0;
    for (int i = 0; i < 10_000; i++) {
      outside += inclusive.nextInt(400 + 1) == 400 ? 1 : 0;
      assertThat(ours.nextInt(400)).isBetween(0, 399);
    }
    assertThat(outside).isPositive();
  }

  /** 17: one failure that is not the miner's drops a model from the evaluation for good. */
  @Test
  void aFailureOfOursCostsNoMinerHisPlace() {
    List<ModelResult> field = new ArrayList<>();
    for (int uid = 0; uid < 6; uid++) {
      field.add(model(uid, 10L * uid, 1.3 - 0.05 * uid));
    }
    ModelResult best =
        field.set(5, ModelResult.failed(field.get(5).entry(), Outcome.of(Verdict.TIMED_OUT)));
    ModelResult[] models = field.toArray(ModelResult[]::new);
    assertThat(score(ORIGINAL, Standings.none(), models).kept())
        .doesNotContain(best.entry().registration());
    assertThat(score(ASSAY, Standings.none(), models).kept()).contains(best.entry().registration());
  }

  /**
   * 18: where a prompt fills the whole sequence, every model's loss is NaN and the weights flatten.
   */
  @Test
  void anEmptySampleDecidesNothing() {
    ModelResult[] full = {model(0, 10, 1.2), model(1, 20, 0.9)};
    ModelResult[] halfEmpty = {emptied(full[0]), emptied(full[1])};
    assertThat(step(ORIGINAL, halfEmpty).get(1)).isLessThan(step(ORIGINAL, full).get(1) - 0.001);
    assertThat(verdicts(score(ASSAY, Standings.none(), halfEmpty)))
        .containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);
    assertThat(step(ASSAY, halfEmpty)).isEqualTo(step(ASSAY, full));
  }

  /** 20: 400 samples may come from two sources. */
  @Test
  void noSourceDecidesAlone() {
    List<Candidate> feed = new ArrayList<>();
    IntStream.range(0, 5_000).forEach(i -> feed.add(new Candidate("flood" + i, "flooder")));
    IntStream.range(0, 500).forEach(i -> feed.add(new Candidate("s" + i, "v" + i % 5)));
    assertThat(originalDraw(feed, 1))
        .filteredOn(c -> c.source().equals("flooder"))
        .hasSizeGreaterThan(300);
    assertThat(SampleDraw.draw(new byte[32], "l3", feed, 400, ASSAY.sampling()))
        .filteredOn(c -> c.source().equals("flooder"))
        .hasSize(200);
  }

  /** 21: two competitions that take turns never sit at 60/40. */
  @Test
  void theAveragesSitAtTheSharesWhoseverTurnItIs() {
    assertThat(shareOfFirst(ORIGINAL, 100)).isCloseTo(0.574, within(0.002));
    assertThat(shareOfFirst(ORIGINAL, 101)).isCloseTo(0.625, within(0.002));
    assertThat(shareOfFirst(ASSAY, 100)).isCloseTo(0.6, within(1e-12));
    assertThat(shareOfFirst(ASSAY, 101)).isCloseTo(0.6, within(1e-12));
  }

  private static double shareOfFirst(Policy policy, int steps) {
    Standings standings = Standings.none();
    for (int i = 0; i < steps; i++) {
      boolean first = i % 2 == 0;
      Round round =
          new Round(
              first ? "l3" : "s1",
              first ? 0.6 : 0.4,
              policy,
              Samples.INDEPENDENT,
              List.of(model(first ? 0 : 1, 10, 1.0)));
      standings =
          Scoring.score(new ScoringInput(100, 2, List.of(round), standings, WeightLimits.NONE))
              .standings();
    }
    TreeMap<Integer, Double> weights = new TreeMap<>(standings.weightByUid());
    return weights.get(0) / (weights.get(0) + weights.get(1));
  }

  private static List<Candidate> originalDraw(List<Candidate> feed, long ownSeed) {
    List<Candidate> shuffled = new ArrayList<>(feed);
    Collections.shuffle(shuffled, new Random(ownSeed));
    return shuffled.subList(0, 400);
  }

  private static ScoringResult score(Policy policy, Standings previous, ModelResult... models) {
    return Scoring.score(ScoringInput.of(1_000, Round.only(policy, List.of(models)), previous));
  }

  private static List<Double> step(Policy policy, ModelResult... models) {
    return score(policy, Standings.none(), models).models().stream()
        .map(ScoredModel::stepWeight)
        .toList();
  }

  private static double weight(ScoringResult result, int uid) {
    return result.standings().weightByUid().getOrDefault(uid, 0.0);
  }

  private static List<Verdict> verdicts(ScoringResult result) {
    return result.models().stream().map(model -> model.outcome().verdict()).toList();
  }

  private static ModelResult emptied(ModelResult model) {
    double[] losses = model.losses().toArray();
    SampleVerdict[] verdicts = new SampleVerdict[losses.length];
    for (int i = 0; i < losses.length; i++) {
      boolean empty = i % 2 == 0;
      losses[i] = empty ? Double.NaN : losses[i];
      verdicts[i] = empty ? SampleVerdict.EMPTY : SampleVerdict.OK;
    }
    return ModelResult.accepted(model.entry(), Losses.of(losses, verdicts));
  }

  private static ModelResult model(int uid, long block, double quality) {
    return ModelResult.accepted(Entry.of(uid, "h" + uid, block, "d" + uid), losses(uid, quality));
  }

  private static Losses losses(int stream, double quality) {
    SeededRandom base = new SeededRandom(11);
    SeededRandom own = SeededRandom.of(12, stream);
    double[] losses = new double[200];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = (1 + base.nextDouble()) * quality * (1 + 0.01 * own.nextGaussian());
    }
    return Losses.of(losses);
  }

  private static Losses constant(double value) {
    double[] losses = new double[200];
    Arrays.fill(losses, value);
    return Losses.of(losses);
  }
}

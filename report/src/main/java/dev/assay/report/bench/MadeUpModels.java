package dev.assay.report.bench;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A made-up subnet's models: what they are called, and how they do. */
final class MadeUpModels {
  private static final int PAID = 6;
  private static final int SOURCES = 8;

  /** Of the factors by which samples differ: the mean of their log-normal distribution. */
  private static final double MEAN_SAMPLE = Math.exp(0.08);

  /** What a miner might choose to be called; the page must show it as text. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>document.title='taken'</script>/<b>",
          "\u202eknil/sdrawkcab\u202c",
          "x".repeat(10_000) + "/y",
          "\"><img src=x onerror=\"document.title='taken'\">/z",
          "</script><svg onload=\"document.title='taken'\">/{{uid}}");

  private final MadeUpSubnet subnet;
  private final Round round;
  private ScoringResult scored;

  MadeUpModels(MadeUpSubnet subnet) {
    this.subnet = subnet;
    List<ModelResult> models = new ArrayList<>();
    for (int uid = subnet.validators(); uid < subnet.uids(); uid++) {
      models.add(result(uid));
    }
    List<String> clusters =
        IntStream.range(0, subnet.samples()).mapToObj(MadeUpModels::source).toList();
    long window = subnet.block(subnet.evaluations() - 1) / MadeUpSubnet.WINDOW;
    this.round =
        new Round(
            MadeUpSubnet.COMPETITION,
            1,
            Policy.named(Policy.ASSAY_1),
            new Samples(window, clusters),
            models);
  }

  private static String source(int sample) {
    int source = sample % SOURCES;
    return source == SOURCES - 1 ? hostile(sample) : "5Source" + "%041d".formatted(source);
  }

  /** A text that means harm; of all that are known, in turn. */
  static String hostile(int number) {
    return HOSTILE.get(number % HOSTILE.size());
  }

  ScoringInput input() {
    return ScoringInput.of(subnet.block(subnet.evaluations() - 1), round, Standings.none());
  }

  ScoringResult result() {
    if (scored == null) {
      scored = Scoring.score(input());
    }
    return scored;
  }

  private long committed(int uid) {
    return 100 + 37L * uid;
  }

  private static Verdict verdict(int uid) {
    return switch (uid % 40) {
      case 17 -> Verdict.REJECTED_CHECKPOINT;
      case 23 -> Verdict.UNAVAILABLE;
      default -> Verdict.ACCEPTED;
    };
  }

  private double quality(int uid, int evaluation) {
    double talent = SeededRandom.of(subnet.seed(), 1, uid).nextDouble();
    double progress = Math.min(1, evaluation / 200.0);
    return 1.2 + 0.5 * talent - 0.3 * progress * (1 - talent);
  }

  private ModelResult result(int uid) {
    // Every twentieth model is the one before once more.
    int content = uid % 20 == 19 ? uid - 1 : uid;
    Entry entry =
        new Entry(
            uid,
            subnet.hotkey(uid),
            committed(uid) - 50,
            committed(uid),
            OptionalInt.of(2),
            Optional.of("%064x".formatted(content)));
    Verdict verdict = verdict(uid);
    if (verdict != Verdict.ACCEPTED) {
      return ModelResult.failed(entry, Outcome.of(verdict));
    }
    double[] losses = new double[subnet.samples()];
    for (int i = 0; i < losses.length; i++) {
      double sample = Math.exp(0.4 * SeededRandom.of(subnet.seed(), 2, i).nextGaussian());
      double own = 1 + 0.05 * SeededRandom.of(subnet.seed(), 3, i, content).nextGaussian();
      losses[i] = Math.max(0.01, quality(content, subnet.evaluations() - 1) * sample * own);
    }
    return ModelResult.accepted(entry, Losses.of(losses));
  }

  List<SampleRow> samples() {
    List<SampleRow> rows = new ArrayList<>();
    long newest = subnet.block(subnet.evaluations() - 1);
    for (int i = 0; i < subnet.samples(); i++) {
      boolean isHostile = i % SOURCES == SOURCES - 1;
      String prompt = "What is thing number " + i + "?" + " Say it at length.".repeat(i % 9);
      String response = "It is the thing after thing number " + (i - 1) + ".";
      rows.add(
          new SampleRow(
              "%064x".formatted(i),
              isHostile ? hostile(i) : prompt,
              isHostile ? hostile(i + 1) : response,
              source(i),
              newest - 1 - i % MadeUpSubnet.WINDOW,
              Instant.EPOCH,
              "0".repeat(128),
              Optional.of(isHostile ? hostile(i + 2) : "5Answerer" + "%039d".formatted(i % 32)),
              Optional.of(isHostile ? hostile(i + 3) : "https://feed.example/samples")));
    }
    return rows;
  }

  List<VerdictRow> verdicts(String evaluation, int number) {
    Map<String, ScoredModel> latest = new HashMap<>();
    boolean isLatest = number == subnet.evaluations() - 1;
    if (isLatest) {
      result().models().forEach(model -> latest.put(model.entry().hotkey(), model));
    }
    List<VerdictRow> rows = new ArrayList<>();
    for (ModelResult model : round.models()) {
      int uid = model.entry().uid();
      if (committed(uid) > subnet.block(number)) {
        continue;
      }
      Outcome outcome = isLatest ? latest.get(model.entry().hotkey()).outcome() : model.outcome();
      boolean hasLoss = model.outcome().isAccepted();
      Optional<Double> loss =
          !hasLoss
              ? Optional.empty()
              : Optional.of(isLatest ? model.losses().mean() : MEAN_SAMPLE * quality(uid, number));
      rows.add(row(evaluation, model, outcome, loss));
    }
    return rows;
  }

  private VerdictRow row(
      String evaluation, ModelResult model, Outcome outcome, Optional<Double> loss) {
    int uid = model.entry().uid();
    boolean isHostile = uid % 50 < HOSTILE.size() && uid >= 50;
    return new VerdictRow(
        evaluation,
        model.entry().hotkey(),
        uid,
        committed(uid),
        committed(uid) - 50,
        Optional.of(MadeUpSubnet.COMPETITION),
        Optional.of(isHostile ? HOSTILE.get(uid % 50) : "miner-" + uid + "/model"),
        Optional.of("%040x".formatted(uid)),
        model.entry().digest(),
        outcome.verdict().name(),
        outcome.blame().map(Blame::name),
        outcome.isAccepted() ? "" : "made up: " + HOSTILE.get(uid % HOSTILE.size()),
        loss.isPresent() ? 1 : 0,
        loss.isPresent() ? subnet.samples() : 0,
        loss.isPresent() ? subnet.samples() : 0,
        loss.isPresent() ? 40L * subnet.samples() : 0,
        loss,
        270_000_000,
        2_000 + 10L * uid,
        700,
        5_000 + 20L * uid,
        Optional.of("executor"),
        Optional.of("cpu"));
  }

  List<ScoreRow> scores(String evaluation, int number) {
    if (number == subnet.evaluations() - 1) {
      return result().models().stream().map(model -> row(evaluation, model)).toList();
    }
    List<ModelResult> ranked =
        round.models().stream()
            .filter(model -> model.outcome().isAccepted())
            .filter(model -> model.entry().block() <= subnet.block(number))
            .sorted(Comparator.comparingDouble(model -> quality(model.entry().uid(), number)))
            .toList();
    List<ScoreRow> rows = new ArrayList<>();
    for (int rank = 0; rank < ranked.size(); rank++) {
      double share = rank < PAID ? (PAID - rank) / 21.0 : 0;
      double winRate = 1 - rank / (double) ranked.size();
      rows.add(row(evaluation, ranked.get(rank).entry(), "ACCEPTED", winRate, share));
    }
    return rows;
  }

  private static ScoreRow row(String evaluation, ScoredModel model) {
    ScoreRow row =
        row(
            evaluation,
            model.entry(),
            model.outcome().verdict().name(),
            model.winRate(),
            model.weightU16() / 65_535.0);
    return new ScoreRow(
        row.evaluation(),
        row.hotkey(),
        row.uid(),
        row.registeredBlock(),
        row.competition(),
        row.modelDigest(),
        row.verdict(),
        model.wins(),
        model.matches(),
        row.winRate(),
        model.stepWeight(),
        model.weight(),
        model.weightU16(),
        row.kept(),
        row.standing(),
        row.missed());
  }

  private static ScoreRow row(
      String evaluation, Entry entry, String verdict, double winRate, double share) {
    return new ScoreRow(
        evaluation,
        entry.hotkey(),
        entry.uid(),
        entry.registrationBlock(),
        MadeUpSubnet.COMPETITION,
        entry.digest(),
        verdict,
        Math.round(winRate * 1000),
        1000,
        winRate,
        share,
        share,
        (int) Math.round(share * 65_535),
        true,
        Optional.of(share),
        0);
  }
}

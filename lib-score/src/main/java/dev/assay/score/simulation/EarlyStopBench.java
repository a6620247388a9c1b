package dev.assay.score.simulation;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Samples;
import dev.assay.score.contest.Stops;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What early stopping saves and how often it errs, over fields of models on 400 samples. In each, a
 * first window is judged whole; the second is judged whole and with early stops, from the same
 * standings. Three kinds of field: models along training curves, as many as were recorded; 64
 * models whose qualities lie within ε of each other; and 64 that are equally good.
 *
 * @param fields of each kind
 * @param error the stated one, of a field
 * @param earlyStopTokensRatio tokens looked at, as a share of all, on the first kind
 * @param tokensRatioWithinEpsilon on the second
 * @param tokensRatioEqual on the third
 * @param earlyStopSameWinners the least share, among the kinds, of fields with the same leader
 * @param wrongStops the largest share, among the kinds, of fields in which a model was stopped that
 *     would have got ahead of the one it was stopped against
 */
public record EarlyStopBench(
    int fields,
    double error,
    double earlyStopTokensRatio,
    double tokensRatioWithinEpsilon,
    double tokensRatioEqual,
    double earlyStopSameWinners,
    double wrongStops) {
  /** The most of its tokens that the first kind may take. */
  public static final double PROMISED_TOKENS_RATIO = 0.4;

  private static final int MODELS = 64;
  private static final int SAMPLES = 400;
  private static final long FIRST_BLOCK = 1_000;
  private static final long WINDOW_BLOCKS = 360;
  private static final double EPSILON = 0.01;

  /** What fine-tunes of one base differ by on single samples, as a share of the loss. */
  private static final double SPREAD = 0.1;

  private static final Policy WHOLE = Policy.named(Policy.ASSAY_1);

  private enum Kind {
    CURVES(1),
    WITHIN_EPSILON(2),
    EQUAL(3);

    /** What its random numbers are told apart by. */
    private final long stream;

    Kind(long stream) {
      this.stream = stream;
    }
  }

  private record Seen(double tokensRatio, boolean sameWinner, boolean wrongStop) {}

  private record Mean(double tokensRatio, double sameWinners, double wrongStops) {}

  /** Runs as many fields of each kind; the same seed gives the same figures on every machine. */
  public static EarlyStopBench run(int fields, long seed) {
    RecordedCurves curves = RecordedCurves.read();
    List<Mean> means = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Seen> seen =
          IntStream.range(0, fields)
              .parallel()
              .mapToObj(field -> new OneField(curves, kind, seed, field).seen())
              .toList();
      means.add(
          new Mean(
              seen.stream().mapToDouble(Seen::tokensRatio).average().orElse(1),
              seen.stream().filter(Seen::sameWinner).count() / (double) fields,
              seen.stream().filter(Seen::wrongStop).count() / (double) fields));
    }
    return new EarlyStopBench(
        fields,
        EarlyStop.USUAL.error(),
        means.get(0).tokensRatio(),
        means.get(1).tokensRatio(),
        means.get(2).tokensRatio(),
        means.stream().mapToDouble(Mean::sameWinners).min().orElse(0),
        means.stream().mapToDouble(Mean::wrongStops).max().orElse(1));
  }

  /** Whether what was promised holds. */
  public boolean holds() {
    return earlyStopTokensRatio <= PROMISED_TOKENS_RATIO
        && wrongStops <= error
        && 1 - earlyStopSameWinners <= error;
  }

  private record OneField(RecordedCurves curves, Kind kind, long seed, int number) {
    Seen seen() {
      List<Integer> order = shuffled(random(0), size());
      ScoringResult before =
          Scoring.score(
              new ScoringInput(
                  FIRST_BLOCK + size(),
                  1,
                  List.of(round(WHOLE, 0, models(order, drawn(1), 2))),
                  Standings.none(),
                  WeightLimits.NONE));
      int[] samples = drawn(3);
      List<ModelResult> models = models(order, samples, 4);
      List<Evidence> evidence = before.standings().evidence();
      long block = FIRST_BLOCK + size() + WINDOW_BLOCKS;
      Policy stopping = WHOLE.withRanking(WHOLE.ranking().withEarlyStop(EarlyStop.USUAL));
      StoppedField stopped = StoppedField.of(stopping, block, 8, models, evidence, before.kept());
      RoundScore full = RoundScore.of(round(WHOLE, 8, models), evidence, block);
      return new Seen(
          tokens(samples, stopped.models()) / tokens(samples, models),
          full.stepWeights().equals(stopped.score().stepWeights()),
          isWrong(new Stops(stopped.score(), evidence), models, stopped.models()));
    }

    private static boolean isWrong(
        Stops stops, List<ModelResult> whole, List<ModelResult> stopped) {
      return IntStream.range(0, whole.size())
          .anyMatch(
              model ->
                  stops
                      .stoppedBy(stopped.get(model))
                      .filter(
                          against ->
                              against.pursuit().lead(whole.get(model).losses().toArray()) >= 0)
                      .isPresent());
    }

    private int size() {
      return kind == Kind.CURVES ? curves.losses().size() : MODELS;
    }

    private SeededRandom random(long stream) {
      return SeededRandom.of(seed, kind.stream, number, stream);
    }

    /** A window's samples: a draw with replacement from those that were recorded. */
    private int[] drawn(long stream) {
      SeededRandom random = random(stream);
      return IntStream.range(0, SAMPLES).map(i -> random.nextInt(curves.samples())).toArray();
    }

    private List<ModelResult> models(List<Integer> order, int[] samples, long stream) {
      List<ModelResult> models = new ArrayList<>();
      for (int uid = 0; uid < size(); uid++) {
        int model = order.get(uid);
        Entry entry = Entry.of(uid, "hotkey-" + uid, FIRST_BLOCK + uid, "model-" + model);
        double[] losses =
            kind == Kind.CURVES
                ? recorded(curves.losses().get(model), samples)
                : madeUp(model, samples, SeededRandom.of(seed, number, stream, model));
        models.add(ModelResult.accepted(entry, Losses.of(losses)));
      }
      return models;
    }

    private static double[] recorded(List<Double> losses, int[] samples) {
      return IntStream.of(samples).mapToDouble(losses::get).toArray();
    }

    private double[] madeUp(int model, int[] samples, SeededRandom random) {
      double quality = kind == Kind.EQUAL ? 1 : 1 - EPSILON * model / MODELS;
      List<Double> base = curves.losses().get(0);
      return IntStream.of(samples)
          .mapToDouble(
              i -> Math.max(0, base.get(i) * quality * (1 + SPREAD * random.nextGaussian())))
          .toArray();
    }

    private double tokens(int[] samples, List<ModelResult> models) {
      double tokens = 0;
      for (ModelResult model : models) {
        for (int i = 0; i < model.losses().count(); i++) {
          tokens += curves.tokens().get(samples[i]);
        }
      }
      return tokens;
    }

    private static Round round(Policy policy, long window, List<ModelResult> models) {
      return new Round("only", 1, policy, new Samples(window, List.of()), models);
    }

    private static List<Integer> shuffled(SeededRandom random, int count) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
      for (int i = count - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        Integer moved = order.set(other, order.get(i));
        order.set(i, moved);
      }
      return order;
    }
  }
}

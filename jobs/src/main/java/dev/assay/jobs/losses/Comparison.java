package dev.assay.jobs.losses;

import dev.assay.score.statistics.Bootstrap;
import dev.assay.score.statistics.Interval;
import dev.assay.score.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Models compared on the same samples. All figures are nats per token; intervals are those of a
 * bootstrap over samples, at 95 %.
 *
 * @param models best first, those without losses last
 * @param pairs each of two models with losses, the better one first
 * @param winner the model whose loss is lower than any other's by an interval that excludes 0
 */
public record Comparison(List<Model> models, List<Pair> pairs, Optional<String> winner) {
  private static final int RESAMPLES = 2_000;
  private static final double CONFIDENCE = 0.95;

  /**
   * One model.
   *
   * @param samples with the verdict OK
   * @param tokens counted on them
   * @param loss mean over samples of their mean loss; absent where there is none
   * @param verdict OK, or what became of it
   * @param reason empty where it has losses
   */
  public record Model(
      String model,
      Optional<String> digest,
      int samples,
      long tokens,
      Optional<Interval> loss,
      String verdict,
      String reason) {}

  /**
   * Two models on the samples that both have a loss on.
   *
   * @param difference the worse one's loss minus the better one's
   * @param shown whether the interval excludes 0
   */
  public record Pair(
      String better, String worse, int samples, Interval difference, boolean shown) {}

  /**
   * Compares.
   *
   * @param seed of the bootstrap
   */
  public static Comparison of(List<ModelLosses> losses, long seed) {
    List<Model> models =
        IntStream.range(0, losses.size())
            .mapToObj(index -> model(losses.get(index), SeededRandom.of(seed, index)))
            .toList();
    List<Integer> order =
        IntStream.range(0, losses.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    (Integer index) ->
                        models.get(index).loss().map(Interval::estimate).orElse(Double.MAX_VALUE)))
            .toList();
    List<Integer> compared =
        order.stream().filter(index -> models.get(index).loss().isPresent()).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int better = 0; better < compared.size(); better++) {
      for (int worse = better + 1; worse < compared.size(); worse++) {
        int one = compared.get(better);
        int other = compared.get(worse);
        pairs.add(pair(losses.get(one), losses.get(other), SeededRandom.of(seed, one, other)));
      }
    }
    return new Comparison(
        order.stream().map(models::get).toList(), pairs, winner(compared, losses, pairs));
  }

  private static Optional<String> winner(
      List<Integer> compared, List<ModelLosses> losses, List<Pair> pairs) {
    // The pairs of the best come first.
    boolean wins =
        compared.size() > 1 && pairs.subList(0, compared.size() - 1).stream().allMatch(Pair::shown);
    return wins ? Optional.of(losses.get(compared.get(0)).model()) : Optional.empty();
  }

  private static Model model(ModelLosses losses, SeededRandom random) {
    double[] means =
        losses.losses().stream()
            .flatMap(row -> ModelLosses.mean(row).stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new Model(
        losses.model(),
        losses.digest(),
        means.length,
        losses.losses().stream()
            .filter(row -> row.verdict().equals("OK"))
            .mapToLong(row -> row.tokens())
            .sum(),
        means.length == 0 ? Optional.empty() : Optional.of(interval(means, random)),
        losses
            .fault()
            .map(fault -> fault.verdict().name())
            .orElse(means.length == 0 ? "EMPTY" : "OK"),
        losses.fault().map(fault -> fault.reason()).orElse(""));
  }

  private static Pair pair(ModelLosses better, ModelLosses worse, SeededRandom random) {
    double[] differences =
        IntStream.range(0, better.losses().size())
            .filter(
                index ->
                    ModelLosses.mean(better.losses().get(index)).isPresent()
                        && ModelLosses.mean(worse.losses().get(index)).isPresent())
            .mapToDouble(
                index ->
                    ModelLosses.mean(worse.losses().get(index)).orElseThrow()
                        - ModelLosses.mean(better.losses().get(index)).orElseThrow())
            .toArray();
    Interval difference = interval(differences, random);
    return new Pair(
        better.model(), worse.model(), differences.length, difference, difference.low() > 0);
  }

  private static Interval interval(double[] values, SeededRandom random) {
    return Bootstrap.mean(
        values, IntStream.range(0, values.length).toArray(), RESAMPLES, CONFIDENCE, random);
  }
}

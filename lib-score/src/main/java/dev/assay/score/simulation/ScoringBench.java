package dev.assay.score.simulation;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.explain.Explanations;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.ScoredRounds;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How long it takes to score a field of 256 models on 400 samples and to explain every place in it.
 *
 * @param firstMs of a process that has scored nothing before, as a validator's does, in
 *     milliseconds
 * @param medianMs of five more
 */
public record ScoringBench(double firstMs, double medianMs) {
  private static final int MODELS = 256;
  private static final int SAMPLES = 400;
  private static final int TIMES = 5;

  /**
   * Measures scoring on one thread, and explaining on every processor, as both are done.
   *
   * @param policy by its name
   * @param seed that the losses are made up from
   */
  public static ScoringBench run(String policy, long seed) {
    ScoringInput input = input(policy, seed);
    double first = millis(input);
    double[] more = DoubleStream.generate(() -> millis(input)).limit(TIMES).sorted().toArray();
    return new ScoringBench(first, more[TIMES / 2]);
  }

  private static double millis(ScoringInput input) {
    long began = System.nanoTime();
    ScoredRounds rounds = ScoredRounds.of(input);
    int told = rounds.result().models().size() + Explanations.of(rounds).size();
    if (told == 0) {
      throw new IllegalStateException("a field of " + MODELS + " models has no result");
    }
    return (System.nanoTime() - began) / 1e6;
  }

  private static ScoringInput input(String policy, long seed) {
    List<ModelResult> models = new ArrayList<>();
    for (int uid = 0; uid < MODELS; uid++) {
      SeededRandom base = new SeededRandom(seed);
      SeededRandom own = SeededRandom.of(seed, 1, uid);
      double quality = 1 - 0.002 * own.nextInt(100);
      double[] losses =
          IntStream.range(0, SAMPLES)
              .mapToDouble(
                  sample -> quality * (1 + base.nextDouble()) * (1 + 0.1 * own.nextGaussian()))
              .toArray();
      Entry entry = Entry.of(uid, "hotkey-" + uid, 1_000 + own.nextInt(10_000), "model-" + uid);
      models.add(ModelResult.accepted(entry, Losses.of(losses)));
    }
    return ScoringInput.of(20_000, Round.only(Policy.named(policy), models), Standings.none());
  }
}

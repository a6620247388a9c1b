package dev.assay.score.weights;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.explain.Explanations;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 256 models on 400 samples, with significance and explanations. The promise is 2 s on one core;
 * the first call of a fresh JVM counts too, hence single shots without warm-up.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-XX:ActiveProcessorCount=1"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class ScoringBenchmark {
  @Param({Policy.ORIGINAL, Policy.ASSAY_1})
  public String policy;

  private ScoringInput input;

  @Setup
  public void drawAField() {
    List<ModelResult> models = new ArrayList<>();
    for (int uid = 0; uid < 256; uid++) {
      SeededRandom base = new SeededRandom(1);
      SeededRandom own = SeededRandom.of(2, uid);
      double quality = 1 - 0.002 * own.nextInt(100);
      double[] losses = new double[400];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = quality * (1 + base.nextDouble()) * (1 + 0.1 * own.nextGaussian());
      }
      Entry entry = Entry.of(uid, "hotkey-" + uid, 1_000 + own.nextInt(10_000), "model-" + uid);
      models.add(ModelResult.accepted(entry, Losses.of(losses)));
    }
    input = ScoringInput.of(20_000, Round.only(Policy.named(policy), models), Standings.none());
  }

  @Benchmark
  public List<Object> scoreAndExplain() {
    ScoredRounds rounds = ScoredRounds.of(input);
    return List.of(rounds.result(), Explanations.of(rounds));
  }
}

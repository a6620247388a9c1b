package dev.assay.chain.yuma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * An epoch of 256 neurons, 64 of them validators that weight all 192 others and hold bonds to them.
 * The promise is 20 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class YumaBenchmark {
  private static final int NEURONS = 256;
  private static final int VALIDATORS = 64;

  /** The version of Yuma; {@code liquid} is Yuma 3 with liquid alpha. */
  @Param({"yuma2", "yuma3", "liquid"})
  public String version;

  private YumaInput input;

  @Setup
  public void drawASubnet() {
    Random random = new Random(7);
    Optional<LiquidAlpha> alpha =
        version.equals("liquid")
            ? Optional.of(new LiquidAlpha(45875, 58982, 1000))
            : Optional.empty();
    YumaParameters parameters =
        new YumaParameters(
            360,
            5000,
            32767,
            900_000,
            50_000,
            VALIDATORS,
            0,
            true,
            !version.equals("yuma2"),
            alpha);
    List<YumaNeuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < NEURONS; uid++) {
      boolean validator = uid < VALIDATORS;
      neurons.add(
          new YumaNeuron(
              I64F64.ofU64(validator ? 1_000_000_000_000L + random.nextInt() : 0),
              OptionalLong.of(900),
              1,
              validator,
              OptionalLong.of(890),
              validator ? row(random) : List.of(),
              validator ? row(random) : List.of()));
    }
    input = new YumaInput(1000, 640, 148_000_000_000L, OptionalInt.of(0), parameters, neurons);
  }

  private static List<UidValue> row(Random random) {
    return IntStream.range(VALIDATORS, NEURONS)
        .mapToObj(uid -> new UidValue(uid, random.nextInt(65536)))
        .toList();
  }

  @Benchmark
  public List<EpochTerms> epoch() {
    return Yuma.epoch(input);
  }
}

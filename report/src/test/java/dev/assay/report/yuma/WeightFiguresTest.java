package dev.assay.report.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.yuma.Clipping;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} and {@code evaluate} say of a weight is what {@code yuma} says of it. */
class WeightFiguresTest {
  private static final int MINERS = 12;

  @TempDir private Path folder;

  @Test
  void aWeightHasTheSameFigureInTheVectorAndInTheEpoch() throws Exception {
    for (int round = 0; round < 50; round++) {
      WeightVector vector = vector(SeededRandom.of(3, round));
      long sum = vector.weights().stream().mapToLong(UidWeight::weight).sum();

      List<Clipping> counted = Clipping.of(YumaScenario.read(scenario(vector)).input()).get(0);

      assertThat(counted).hasSameSizeAs(vector.weights());
      for (int i = 0; i < counted.size(); i++) {
        assertThat(counted.get(i).weight() / 65_535.0)
            .isEqualTo(WeightVector.share(vector.weights().get(i).weight(), sum));
      }
    }
  }

  private static WeightVector vector(SeededRandom random) {
    TreeMap<Integer, Double> weights = new TreeMap<>();
    for (int uid = 1; uid <= MINERS; uid++) {
      weights.put(uid, Math.pow(random.nextDouble(), 6));
    }
    return WeightVector.of(weights, new WeightLimits(65_535, 1));
  }

  private Path scenario(WeightVector vector) throws Exception {
    String weights =
        vector.weights().stream()
            .map(weight -> weight.uid() + ": " + weight.weight())
            .collect(Collectors.joining(", "));
    String miners =
        IntStream.range(0, MINERS).mapToObj(i -> "  - {}\n").collect(Collectors.joining());
    return Files.writeString(
        folder.resolve("scenario.yaml"),
        "block: 10000\nlast_step_block: 9640\nemission: 1000\nneurons:\n"
            + "  - {stake: 500000000000, permit: true, weights: {"
            + weights
            + "}}\n"
            + miners);
  }
}

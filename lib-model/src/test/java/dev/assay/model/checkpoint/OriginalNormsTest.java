package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.architecture.Part;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The norms' check against what the original's own answered (resources, nous-0.2.7). */
class OriginalNormsTest {
  private static final List<Part> LAYER =
      List.of(Part.QUERY, Part.KEY, Part.VALUE, Part.OUTPUT, Part.UP, Part.DOWN);

  static List<String> recorded() throws IOException {
    try (InputStream norms = OriginalNormsTest.class.getResourceAsStream("nous-0.2.7/norms.txt")) {
      return new String(norms.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** NaN is the one thing that we reject and the original accepts: its defect 8. */
  @ParameterizedTest
  @MethodSource("recorded")
  void rejectsWhatTheOriginalRejectsAndNan(String line) {
    List<String> words = Arrays.asList(line.split(" "));
    double[] norms = words.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
    boolean anyNan = Arrays.stream(norms).anyMatch(Double::isNaN);
    boolean rejected = words.get(0).equals("REJECTED");

    assertThat(isRejected(norms)).isEqualTo(rejected || anyNan);
    assertThat(anyNan && rejected).isFalse();
  }

  private static boolean isRejected(double... norms) {
    ProjectionNorms check = new ProjectionNorms(NormLimits.original());
    try {
      for (int i = 0; i < norms.length; i++) {
        check.accept(LAYER.get(i % LAYER.size()), "projection " + i, norms[i]);
      }
      check.requireFewExceeding();
      return false;
    } catch (RejectedCheckpointException refused) {
      return true;
    }
  }
}

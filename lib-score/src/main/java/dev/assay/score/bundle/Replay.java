package dev.assay.score.bundle;

import dev.assay.score.weights.Scoring;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Computes a recorded evaluation again. */
public final class Replay {
  private Replay() {}

  /**
   * The first line in which a record and its recomputation differ.
   *
   * @param line its number, from 1
   * @param recorded the line of the record; empty where the record ends before
   * @param recomputed the line of the recomputation; empty where that ends before
   */
  public record Difference(int line, String recorded, String recomputed) {}

  /**
   * Scores a recorded input again and compares with the recorded result, bit for bit.
   *
   * @param input what {@link InputText} wrote
   * @param result what {@link ResultText} wrote
   * @return the first difference; empty where there is none
   * @throws IllegalArgumentException if the input is none
   */
  public static Optional<Difference> firstDifference(byte[] input, byte[] result) {
    byte[] again = ResultText.write(Scoring.score(InputText.read(input)));
    List<String> recorded = lines(result);
    List<String> recomputed = lines(again);
    for (int i = 0; i < Math.max(recorded.size(), recomputed.size()); i++) {
      String one = i < recorded.size() ? recorded.get(i) : "";
      String other = i < recomputed.size() ? recomputed.get(i) : "";
      if (!one.equals(other)) {
        return Optional.of(new Difference(i + 1, one, other));
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(byte[] bytes) {
    return List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
  }
}

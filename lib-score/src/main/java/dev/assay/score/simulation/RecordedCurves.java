package dev.assay.score.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Losses of real models along their training, as {@code .ci/long training-curves} recorded them.
 *
 * @param tokens of each sample
 * @param losses by checkpoint and sample, in nats per token
 */
record RecordedCurves(List<Integer> tokens, List<List<Double>> losses) {
  private static final String RESOURCE = "training-curves.txt";

  static RecordedCurves read() {
    try (InputStream in = RecordedCurves.class.getResourceAsStream(RESOURCE)) {
      List<Integer> tokens = List.of();
      List<List<Double>> losses = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.get(0).equals("tokens")) {
          tokens = words.stream().skip(1).map(Integer::valueOf).toList();
        } else {
          losses.add(words.stream().skip(2).map(Double::valueOf).toList());
        }
      }
      return new RecordedCurves(tokens, losses);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int samples() {
    return tokens.size();
  }
}

package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.Competition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A window's samples in the order they were drawn in. Each competition takes as many as it wants
 * from the front.
 */
record WindowSamples(List<SampleRow> drawn) {
  /** Draws as many as the most demanding competition wants. */
  static WindowSamples draw(
      List<SampleRow> available, String seed, List<Competition> competitions) {
    int most = competitions.stream().mapToInt(Competition::samples).max().orElse(0);
    Map<String, SampleRow> byId =
        available.stream()
            .collect(
                Collectors.toMap(
                    SampleRow::sampleId,
                    Function.identity(),
                    (first, same) -> first,
                    LinkedHashMap::new));
    return new WindowSamples(
        SampleDraw.of(byId.keySet(), seed, most).stream().map(byId::get).toList());
  }

  /** The samples that a competition's models are judged on. */
  List<SampleRow> of(Competition competition) {
    return drawn.subList(0, Math.min(competition.samples(), drawn.size()));
  }

  /** SHA-256 of the ids in their order, in lower-case hexadecimal. */
  String digest() {
    return SampleDraw.digest(
        drawn.stream().map(SampleRow::sampleId).collect(Collectors.joining("\n")));
  }
}

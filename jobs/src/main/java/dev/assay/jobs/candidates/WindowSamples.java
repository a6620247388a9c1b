package dev.assay.jobs.candidates;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.TextDigest;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.rules.Competition;
import dev.assay.score.sampling.SampleDraw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The samples that each competition's models are judged on in one window, in the draw's order. */
public record WindowSamples(Map<String, List<SampleRow>> byCompetition) {
  /**
   * What decides whether a sample is drawn: columns of {@link SampleRow}, which leave its text in
   * the table.
   */
  public record Drawable(String sampleId, String source) {}

  /**
   * Draws for every competition.
   *
   * @param available all samples of the window's span
   * @param seed hash of the window's first block
   * @param rows the whole rows of the ids that were drawn for any competition
   */
  public static WindowSamples draw(
      List<Drawable> available,
      Hash seed,
      List<Competition> competitions,
      Function<Set<String>, List<SampleRow>> rows) {
    Map<String, String> sources = new HashMap<>();
    available.forEach(sample -> sources.putIfAbsent(sample.sampleId(), sample.source()));
    List<SampleDraw.Candidate> candidates =
        sources.entrySet().stream()
            .map(sample -> new SampleDraw.Candidate(sample.getKey(), sample.getValue()))
            .toList();
    Map<String, List<String>> drawn = new TreeMap<>();
    for (Competition competition : competitions) {
      drawn.put(
          competition.id(),
          SampleDraw.draw(
                  seed.bytes(),
                  competition.id(),
                  candidates,
                  competition.samples(),
                  competition.policy().sampling())
              .stream()
              .map(SampleDraw.Candidate::id)
              .toList());
    }
    Set<String> ids = drawn.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    Map<String, SampleRow> byId = new HashMap<>();
    if (!ids.isEmpty()) {
      rows.apply(ids).forEach(row -> byId.putIfAbsent(row.sampleId(), row));
    }
    Map<String, List<SampleRow>> byCompetition = new TreeMap<>();
    drawn.forEach(
        (competition, of) -> byCompetition.put(competition, of.stream().map(byId::get).toList()));
    return new WindowSamples(byCompetition);
  }

  /** Those of one competition. */
  public List<SampleRow> of(Competition competition) {
    return byCompetition.getOrDefault(competition.id(), List.of());
  }

  /** The most that one competition draws. */
  public int most() {
    return byCompetition.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** SHA-256 of the competitions' names and samples' ids, in lower-case hexadecimal. */
  public String digest() {
    List<String> lines = new ArrayList<>();
    byCompetition.forEach(
        (competition, rows) ->
            lines.add(
                competition
                    + rows.stream()
                        .map(SampleRow::sampleId)
                        .collect(Collectors.joining(" ", " ", ""))));
    return TextDigest.of(String.join("\n", lines));
  }
}

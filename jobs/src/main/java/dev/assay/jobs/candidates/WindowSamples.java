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
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The samples that each competition's models are judged on in one window, in the draw's order. */
public record WindowSamples(Map<String, List<SampleRow>> byCompetition) {
  /**
   * Draws for every competition.
   *
   * @param available all samples of the window's span
   * @param seed hash of the window's first block
   */
  public static WindowSamples draw(
      List<SampleRow> available, Hash seed, List<Competition> competitions) {
    Map<String, SampleRow> byId = new HashMap<>();
    available.forEach(row -> byId.putIfAbsent(row.sampleId(), row));
    List<SampleDraw.Candidate> candidates =
        byId.values().stream()
            .map(row -> new SampleDraw.Candidate(row.sampleId(), row.source()))
            .toList();
    Map<String, List<SampleRow>> drawn = new TreeMap<>();
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
              .map(candidate -> byId.get(candidate.id()))
              .toList());
    }
    return new WindowSamples(drawn);
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

package dev.assay.jobs.candidates;

import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.score.entry.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Models that the roster leaves out, though one on it turns out to be their exact copy: they join
 * it, else the copy would pass for an original. They share the copy's unit, so they cost nothing.
 */
public record Originals(KnownCheckpoints known) {
  /** The listed candidates, in their order. */
  public List<HubListing.Listed> joined(List<HubListing.Listed> listed) {
    Set<List<String>> contents = new HashSet<>();
    for (HubListing.Listed each : listed) {
      if (each.isThere()) {
        contents.add(List.of(competition(each.candidate()), each.listing()));
      }
    }
    return listed.stream().map(each -> joined(each, contents)).toList();
  }

  private HubListing.Listed joined(HubListing.Listed listed, Set<List<String>> contents) {
    Candidate candidate = listed.candidate();
    boolean isNotDue =
        candidate.fault().filter(fault -> fault.verdict() == Verdict.NOT_DUE).isPresent();
    Optional<CheckpointRow> row =
        isNotDue
            ? candidate
                .model()
                .flatMap(model -> known.listed(model.repository().toString(), model.revision()))
                .filter(
                    found -> contents.contains(List.of(competition(candidate), found.listing())))
            : Optional.empty();
    return row.map(found -> new HubListing.Listed(candidate.due(), found.listing(), found.bytes()))
        .orElse(listed);
  }

  private static String competition(Candidate candidate) {
    return candidate.competition().orElseThrow().id();
  }
}

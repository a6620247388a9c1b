package dev.assay.jobs.candidates;

import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.hub.CommittedModel;
import dev.assay.score.rules.Competition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The work of an evaluation: exact copies share a unit, so a copy costs nothing; which of them is
 * the duplicate is scoring's to say.
 *
 * @param units the largest first, so that no long one is left at the end
 * @param members of each unit, by its index
 */
public record Workload(List<ModelUnit> units, List<List<Candidate>> members) {

  /** Groups what the hub listed without fault. */
  public static Workload of(String run, List<HubListing.Listed> listed) {
    Map<List<String>, List<HubListing.Listed>> groups = new LinkedHashMap<>();
    for (HubListing.Listed listing : listed) {
      if (listing.candidate().fault().isEmpty()) {
        String competition = listing.candidate().competition().orElseThrow().id();
        groups
            .computeIfAbsent(List.of(competition, listing.listing()), ignored -> new ArrayList<>())
            .add(listing);
      }
    }
    List<List<HubListing.Listed>> ordered =
        groups.values().stream()
            .sorted(
                Comparator.comparingLong((List<HubListing.Listed> group) -> group.get(0).bytes())
                    .reversed())
            .toList();
    List<ModelUnit> units = new ArrayList<>();
    List<List<Candidate>> members = new ArrayList<>();
    for (List<HubListing.Listed> group : ordered) {
      units.add(unit(run, units.size(), group));
      members.add(group.stream().map(HubListing.Listed::candidate).toList());
    }
    return new Workload(units, members);
  }

  private static ModelUnit unit(String run, int index, List<HubListing.Listed> group) {
    HubListing.Listed first = group.get(0);
    CommittedModel model = first.candidate().model().orElseThrow();
    return new ModelUnit(
        run,
        index,
        model.repository().namespace(),
        model.repository().name(),
        model.revision(),
        first.listing(),
        new ArrayList<>(group.stream().map(listing -> listing.candidate().claim()).toList()),
        ModelRules.of(first.candidate().competition().orElseThrow()),
        first.bytes(),
        false);
  }

  /** The competitions that have participants, by id. */
  public Map<String, Competition> competitions() {
    Map<String, Competition> competitions = new TreeMap<>();
    for (List<Candidate> unit : members) {
      Competition competition = unit.get(0).competition().orElseThrow();
      competitions.put(competition.id(), competition);
    }
    return competitions;
  }
}

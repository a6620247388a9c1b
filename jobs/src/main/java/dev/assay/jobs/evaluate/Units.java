package dev.assay.jobs.evaluate;

import dev.assay.score.rules.Competition;
import dev.assay.score.rules.NormLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The work of an evaluation: exact copies share a unit, so a copy costs nothing; who of them is the
 * duplicate is scoring's to say.
 *
 * @param units the largest first, so that no long one is left at the end
 * @param members of each unit, by its index
 */
record Units(List<ModelUnit> units, List<List<Candidate>> members) {

  /** Groups what the hub listed without fault. */
  static Units of(String run, List<HubListing.Listed> listed) {
    Map<List<String>, List<HubListing.Listed>> groups = new LinkedHashMap<>();
    for (HubListing.Listed listing : listed) {
      if (listing.candidate().fault().isEmpty()) {
        String competition = listing.candidate().competition().orElseThrow().id();
        groups
            .computeIfAbsent(List.of(competition, listing.digest()), ignored -> new ArrayList<>())
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
    return new Units(units, members);
  }

  private static ModelUnit unit(String run, int index, List<HubListing.Listed> group) {
    HubListing.Listed first = group.get(0);
    CommittedModel model = first.candidate().model().orElseThrow();
    return new ModelUnit(
        run,
        index,
        model.repository().toString(),
        model.revision(),
        new ArrayList<>(first.files()),
        first.digest(),
        new ArrayList<>(group.stream().map(listing -> claim(listing.candidate())).toList()),
        rules(first.candidate().competition().orElseThrow()),
        first.bytes());
  }

  static ModelUnit.Claim claim(Candidate candidate) {
    return new ModelUnit.Claim(
        candidate.commitment().hotkey(), candidate.model().orElseThrow().hash());
  }

  static ModelUnit.UnitRules rules(Competition competition) {
    NormLimits norms =
        competition.norms().orElse(new NormLimits(Double.MAX_VALUE, 1, Double.MAX_VALUE));
    return new ModelUnit.UnitRules(
        competition.id(),
        new ArrayList<>(competition.families()),
        competition.minParameters(),
        competition.maxParameters(),
        competition.maxBytes(),
        competition.dtype().name().toLowerCase(Locale.ROOT),
        norms.soft(),
        norms.softShare(),
        norms.hard(),
        competition.computation().flopsPerToken(),
        competition.computation().bytesPerToken());
  }
}

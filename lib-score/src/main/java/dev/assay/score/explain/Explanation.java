package dev.assay.score.explain;

import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a model stands where it stands.
 *
 * @param entry the commitment
 * @param competition the competition's id
 * @param outcome what became of it; a rejection names the rule, the value and the limit
 * @param nearCopy where its losses are nearly those of an earlier model, the rule that forbids it,
 *     its value and the limit: the reason of a DUPLICATE, or, under a policy that pays near-copies
 *     as the original does, a report that changes nothing
 * @param stopped where its evaluation ended early, as it could not overtake any more
 * @param leads whether nothing stands in its way
 * @param obstacles what does, the gravest first: under duels the members of the competitive set
 *     that it does not beat, under counted wins the models that won most samples against it, at
 *     most three
 */
public record Explanation(
    Entry entry,
    String competition,
    Outcome outcome,
    Optional<Breach> nearCopy,
    Optional<Stopped> stopped,
    boolean leads,
    List<Obstacle> obstacles) {
  public Explanation {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(competition, "competition");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(nearCopy, "nearCopy");
    Objects.requireNonNull(stopped, "stopped");
    obstacles = List.copyOf(obstacles);
  }
}

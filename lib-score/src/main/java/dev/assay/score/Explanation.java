package dev.assay.score;

import java.util.List;
import java.util.Objects;

/**
 * Why a model stands where it stands.
 *
 * @param entry the commitment
 * @param competition the competition's id
 * @param outcome what became of it; a rejection names the rule, the value and the limit
 * @param leads whether nothing stands in its way
 * @param obstacles what does, the gravest first: under duels the members of the competitive set
 *     that it does not beat, under counted wins the models that won most samples against it, at
 *     most three
 */
public record Explanation(
    Entry entry, String competition, Outcome outcome, boolean leads, List<Obstacle> obstacles) {
  public Explanation {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(competition, "competition");
    Objects.requireNonNull(outcome, "outcome");
    obstacles = List.copyOf(obstacles);
  }
}

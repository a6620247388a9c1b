package dev.assay.score.copies;

import dev.assay.score.Limits;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds copies with a little noise before anything is spent on them. Two models that were
 * fine-tuned from one base lie about as far from each other as from the base, whereas a disguised
 * copy lies close to its original: what counts is the distance between two models as a share of the
 * original's own distance from the base.
 */
public final class NearDuplicates {
  private NearDuplicates() {}

  /**
   * A model with its fingerprint.
   *
   * @param entry the commitment
   * @param fingerprint its weights in short
   */
  public record Candidate(Entry entry, Fingerprint fingerprint) {}

  /**
   * The outcome DUPLICATE for every model that is a near-duplicate of an earlier one which is none
   * itself; the others are not in the map.
   *
   * @param base the fingerprint of the model that all started from
   * @param threshold the largest distance, as a share of the earlier model's distance from the
   *     base, that makes a near-duplicate
   */
  public static Map<Entry, Outcome> find(
      List<Candidate> models, Fingerprint base, double threshold) {
    Limits.between("near-duplicate threshold", threshold, 0, 1);
    List<Candidate> originals = new ArrayList<>();
    Map<Entry, Outcome> found = new HashMap<>();
    models.stream()
        .sorted(Comparator.comparing(Candidate::entry, EntryOrder.EARLIEST_FIRST))
        .forEach(
            model -> {
              Optional<Breach> breach = breach(model, originals, base, threshold);
              breach.ifPresentOrElse(
                  b -> found.put(model.entry(), Outcome.of(Verdict.DUPLICATE, b)),
                  () -> originals.add(model));
            });
    return Map.copyOf(found);
  }

  private static Optional<Breach> breach(
      Candidate model, List<Candidate> originals, Fingerprint base, double threshold) {
    for (Candidate original : originals) {
      double share = original.fingerprint().share(model.fingerprint(), base);
      if (share <= threshold) {
        return Optional.of(
            new Breach(
                "distance of the weights from an earlier model, as a share of that model's distance"
                    + " from the base, above",
                Double.toString(share),
                threshold
                    + " (uid "
                    + original.entry().uid()
                    + ", block "
                    + original.entry().block()
                    + ")"));
      }
    }
    return Optional.empty();
  }
}

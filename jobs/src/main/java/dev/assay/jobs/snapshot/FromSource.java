package dev.assay.jobs.snapshot;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came from one producer, and what became of it.
 *
 * @param source its SS58 address; empty for lines that name none, {@code others} for what came from
 *     more producers than are told apart
 * @param received lines of the feed
 * @param taken samples that passed every rule, new or known
 * @param refused lines that broke a rule
 * @param refusals how many of them by which rule; a line counts for the first one that it breaks
 * @param overQuota samples beyond what one source may give for one block
 */
public record FromSource(
    String source,
    int received,
    int taken,
    int refused,
    Map<Refusal, Integer> refusals,
    int overQuota) {
  public FromSource {
    Map<Refusal, Integer> copy = new EnumMap<>(Refusal.class);
    copy.putAll(refusals);
    refusals = Collections.unmodifiableMap(copy);
  }
}

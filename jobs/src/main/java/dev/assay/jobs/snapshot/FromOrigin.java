package dev.assay.jobs.snapshot;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came from one address, and what became of it.
 *
 * @param origin the address
 * @param toBlock last block that it answered for; below the first one asked for where it had none
 * @param received lines of it
 * @param taken samples that passed every rule, new or known, from there or from one before it
 * @param refused lines that broke a rule
 * @param refusals how many of them by which rule; a line counts for the first one that it breaks
 * @param overQuota samples beyond what one source may give for one block
 */
public record FromOrigin(
    String origin,
    long toBlock,
    int received,
    int taken,
    int refused,
    Map<Refusal, Integer> refusals,
    int overQuota) {
  public FromOrigin {
    Map<Refusal, Integer> copy = new EnumMap<>(Refusal.class);
    copy.putAll(refusals);
    refusals = Collections.unmodifiableMap(copy);
  }
}

package dev.assay.jobs.snapshot;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot took.
 *
 * @param fromBlock first block asked for
 * @param toBlock last block that the feed answered for; below {@code fromBlock} where it had none
 * @param received lines of the feed
 * @param written samples that are new in the table
 * @param known samples that were there already
 * @param refused lines that are no sample, not genuine, too long, with an unwanted phrase, or not
 *     from a trusted source
 * @param refusals how many of them by which rule; a line counts for the first one that it breaks
 * @param overQuota samples beyond what one source may give for one block
 * @param sources the same by producer; those of whom most was taken first
 * @param origins the same by address, in the order of the configuration
 */
public record SnapshotReport(
    long fromBlock,
    long toBlock,
    int received,
    int written,
    int known,
    int refused,
    Map<Refusal, Integer> refusals,
    int overQuota,
    List<FromSource> sources,
    List<FromOrigin> origins) {
  public SnapshotReport {
    sources = List.copyOf(sources);
    origins = List.copyOf(origins);
    refusals = Collections.unmodifiableMap(copy(refusals));
  }

  private static Map<Refusal, Integer> copy(Map<Refusal, Integer> refusals) {
    Map<Refusal, Integer> copy = new EnumMap<>(Refusal.class);
    copy.putAll(refusals);
    return copy;
  }
}

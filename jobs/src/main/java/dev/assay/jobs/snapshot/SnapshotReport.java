package dev.assay.jobs.snapshot;

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
 * @param overQuota samples beyond what one source may give for one block
 */
public record SnapshotReport(
    long fromBlock,
    long toBlock,
    int received,
    int written,
    int known,
    int refused,
    int overQuota) {}

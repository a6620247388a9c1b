package dev.assay.jobs.fanout;

import java.util.Optional;

/**
 * How one attempt of a unit ended.
 *
 * @param number of the unit's attempts in this run, from 1; one that declined counts
 * @param executor Spark's id; empty if none took it
 * @param host of the executor; empty if it is not known
 * @param value what it answered; empty if it did not
 * @param outcome ANSWERED, DECLINED, LOST, LATE, SILENT or THREW
 * @param reason why it threw; else empty
 * @param queuedMs from its order to its beginning on the executor
 * @param totalMs from there to its end
 */
public record Ending<R>(
    int number,
    String executor,
    String host,
    Optional<R> value,
    String outcome,
    String reason,
    long queuedMs,
    long totalMs) {}

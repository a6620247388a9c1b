package dev.assay.jobs.monitor;

import dev.assay.jobs.status.Problem;
import java.time.Instant;

/**
 * News of a problem.
 *
 * @param validator whose: its hotkey's address
 * @param isOver whether it has ended
 * @param since when it was first seen
 */
record Alert(String validator, Problem problem, boolean isOver, Instant since) {}

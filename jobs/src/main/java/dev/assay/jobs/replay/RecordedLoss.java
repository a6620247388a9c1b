package dev.assay.jobs.replay;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;

/**
 * A loss that decided, with what it was computed from.
 *
 * @param mean as scoring was given it, in nats
 * @param row of the losses that says how it was computed
 */
record RecordedLoss(
    String competition,
    String tokenizer,
    VerdictRow model,
    SampleRow sample,
    double mean,
    LossRow row) {}

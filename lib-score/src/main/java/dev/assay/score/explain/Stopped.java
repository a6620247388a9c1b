package dev.assay.score.explain;

import dev.assay.score.entry.Entry;

/**
 * Where a model's evaluation ended early.
 *
 * @param after how many samples
 * @param of how many
 * @param ahead the earlier model that it cannot overtake
 * @param error probability that any model of the evaluation is stopped that would have got ahead
 */
public record Stopped(int after, int of, Entry ahead, double error) {}

package dev.assay.report.board;

import java.util.Optional;

/**
 * One evaluation.
 *
 * @param bestUid with the lowest accepted mean loss
 * @param weights what became of its weights: the last event recorded; empty where none was
 */
public record EvaluationLine(
    String evaluation,
    long block,
    long window,
    String finishedAt,
    int samples,
    int models,
    int accepted,
    Optional<Integer> bestUid,
    Optional<Double> bestLoss,
    long executorMs,
    long downloadedBytes,
    String weights,
    Optional<Long> weightsBlock) {}

package dev.assay.model.train;

/**
 * What one optimiser step did.
 *
 * @param step from 1
 * @param steps how many there will be
 * @param loss mean −log p of the step's counted tokens, before the update
 * @param gradientNorm before clipping
 * @param tokensPerSecond input tokens, padding not included, since the start of the run
 */
public record TrainingStep(
    int step,
    int steps,
    double loss,
    double learningRate,
    double gradientNorm,
    double tokensPerSecond) {}

package dev.assay.model.checkpoint;

/**
 * Rotary position embedding.
 *
 * @param theta base of the frequencies
 * @param dimensions how many of a head's leading dimensions are rotated; even
 */
public record Rotary(double theta, int dimensions, RotaryScaling scaling) {}

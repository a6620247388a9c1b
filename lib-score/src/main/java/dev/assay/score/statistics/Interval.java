package dev.assay.score.statistics;

/**
 * An estimate with its bounds, in nats per token.
 *
 * @param estimate the mean
 * @param low the lower bound; minus infinity where too little is known
 * @param high the upper bound; infinity where too little is known
 */
public record Interval(double estimate, double low, double high) {}

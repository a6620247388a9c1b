package dev.assay.report.board;

/**
 * What one producer of samples delivered.
 *
 * @param repeated samples whose prompt another of its samples has, too
 * @param promptLength median, in characters
 */
public record SourceLine(
    String source,
    int samples,
    double share,
    long oldestBlock,
    long newestBlock,
    int repeated,
    int promptLength) {}

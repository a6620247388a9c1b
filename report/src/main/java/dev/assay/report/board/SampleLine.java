package dev.assay.report.board;

/** One drawn sample. */
public record SampleLine(
    int place,
    String id,
    long block,
    String source,
    String producedAt,
    String prompt,
    String response) {}

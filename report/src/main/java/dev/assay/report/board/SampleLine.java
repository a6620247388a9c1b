package dev.assay.report.board;

import java.util.Optional;

/**
 * One drawn sample.
 *
 * @param source who asked, and signed it
 * @param answerer who answered, where its source tells
 * @param origin the address that it was read from, where that is known
 */
public record SampleLine(
    int place,
    String id,
    long block,
    String source,
    Optional<String> answerer,
    Optional<String> origin,
    String producedAt,
    String prompt,
    String response) {}

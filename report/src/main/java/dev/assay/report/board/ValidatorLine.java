package dev.assay.report.board;

import java.util.Optional;

/**
 * One validator's agreement.
 *
 * @param toOurs half the sum of the differences between its weights and ours: 0 equal, 1 disjoint
 * @param toConsensus the same between its weights and consensus
 * @param trust how much of its weights consensus keeps, where the next epoch could be computed
 */
public record ValidatorLine(
    int uid,
    String hotkey,
    boolean isOurs,
    long stake,
    double dividends,
    long updated,
    int weights,
    Optional<Double> toOurs,
    Optional<Double> toConsensus,
    Optional<Double> trust) {}

package dev.assay.score.contest;

/**
 * How one model did against another.
 *
 * @param opponent the other model's UID
 * @param isEarlier whether this model is the earlier of the two and so has the advantage
 * @param epsilon the advantage of the earlier one; 0 where neither is earlier
 * @param wins samples that this model won
 * @param losses samples that the other model won
 * @param matches samples that were compared
 */
public record Comparison(
    int opponent, boolean isEarlier, double epsilon, int wins, int losses, int matches) {}

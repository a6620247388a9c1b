package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/**
 * One model's standing after one evaluation; the next evaluation's input.
 *
 * @param registeredBlock when the hotkey got its uid: a recycled uid inherits nothing
 * @param verdict its verdict after scoring; NONE for a hotkey that has a standing and no model
 * @param wins comparisons won on single samples
 * @param winRate wins over matches, 0 to 1
 * @param stepWeight before the moving average
 * @param weight after it, all competitions together where the policy keeps one average
 * @param weightU16 as it goes on the chain, 0 to 65535
 * @param kept whether the next evaluation still takes it by its standing alone
 * @param standing what the next evaluation takes as its previous weight; absent where the standing
 *     lies in another competition's row
 * @param missed evaluations in a row that failed through no fault of the miner
 */
public record ScoreRow(
    String evaluation,
    String hotkey,
    int uid,
    long registeredBlock,
    String competition,
    Optional<String> modelDigest,
    String verdict,
    long wins,
    long matches,
    double winRate,
    double stepWeight,
    double weight,
    int weightU16,
    boolean kept,
    Optional<Double> standing,
    int missed) {
  public static final TableDefinition<ScoreRow> TABLE =
      new TableDefinition<>(
          "scores", ScoreRow.class, List.of("evaluation", "hotkey", "competition"));
}

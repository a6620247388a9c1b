package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/** One model's standing after one evaluation; the next evaluation's input. */
@Comment("one model's standing after one evaluation; the next evaluation's input")
public record ScoreRow(
    @Comment("id of the evaluation") String evaluation,
    @Comment("SS58 address of the miner") String hotkey,
    @Comment("the hotkey's number in the subnet") int uid,
    @Comment("height at which the hotkey got its uid: a recycled uid inherits nothing")
        long registeredBlock,
    @Comment("name of the competition") String competition,
    @Comment("digest of the model's content; null where it never came so far")
        Optional<String> modelDigest,
    @Comment("its verdict after scoring; NONE for a hotkey that has a standing and no model")
        String verdict,
    @Comment("comparisons won on single samples") long wins,
    @Comment("comparisons made on single samples") long matches,
    @Comment("wins divided by matches, 0 to 1") double winRate,
    @Comment("share of the weights before the moving average, 0 to 1") double stepWeight,
    @Comment("share after it, 0 to 1, all competitions together where the policy keeps one average")
        double weight,
    @Comment("the weight as it goes on the chain, 0 to 65535") int weightU16,
    @Comment("whether the next evaluation still takes it by its standing alone") boolean kept,
    @Comment(
            "what the next evaluation takes as its previous weight; null where another"
                + " competition's row has it")
        Optional<Double> standing,
    @Comment("evaluations in a row that failed through no fault of the miner") int missed) {
  public static final TableDefinition<ScoreRow> TABLE =
      new TableDefinition<>(
          "scores", ScoreRow.class, List.of("evaluation", "hotkey", "competition"));
}

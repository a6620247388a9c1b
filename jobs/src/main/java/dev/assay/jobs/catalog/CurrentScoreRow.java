package dev.assay.jobs.catalog;

import dev.assay.jobs.tables.Comment;
import java.util.Optional;

/** A row of the view {@code current_scores}. */
@Comment("the scores of the newest evaluation, with its block and window")
record CurrentScoreRow(
    @Comment("number of the subnet") int netuid,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("height whose commitments were judged") long block,
    @Comment("number of the window: block divided by the window's length") long window,
    @Comment("id of the evaluation") String evaluation,
    @Comment("SS58 address of the miner") String hotkey,
    @Comment("the hotkey's number in the subnet") int uid,
    @Comment("name of the competition") String competition,
    @Comment("digest of the model's content; null where it never came so far")
        Optional<String> modelDigest,
    @Comment("its verdict; NONE for a hotkey that has a standing and no model") String verdict,
    @Comment("comparisons won on single samples") long wins,
    @Comment("comparisons made on single samples") long matches,
    @Comment("wins divided by matches, 0 to 1") double winRate,
    @Comment("share of the weights before the moving average, 0 to 1") double stepWeight,
    @Comment("share after it, 0 to 1") double weight,
    @Comment("the weight as it goes on the chain, 0 to 65535") int weightU16,
    @Comment("whether the next evaluation still takes it by its standing alone") boolean kept) {}

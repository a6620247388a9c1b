package dev.assay.jobs.catalog;

import dev.assay.jobs.tables.Comment;
import java.util.Optional;

/** A row of the view {@code leaderboard}. */
@Comment("every model of the newest evaluation, best first by place")
record LeaderboardRow(
    @Comment("number of the subnet") int netuid,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("height whose commitments were judged") long block,
    @Comment("from 1: by weight, then by mean loss, then by uid") int place,
    @Comment("the hotkey's number in the subnet") int uid,
    @Comment("SS58 address of the miner") String hotkey,
    @Comment("name of the competition; null where the commitment names none")
        Optional<String> competition,
    @Comment("namespace/name on the hub; null where the commitment names none")
        Optional<String> repository,
    @Comment("commit of the repository; null where the commitment names none")
        Optional<String> revision,
    @Comment("one of a closed list; ACCEPTED models compete") String verdict,
    @Comment("the rule, the value and the limit; empty for an accepted model") String reason,
    @Comment("mean over its OK samples of their mean loss, in nats per token")
        Optional<Double> meanLoss,
    @Comment("wins divided by matches, 0 to 1; null where it has not competed")
        Optional<Double> winRate,
    @Comment(
            "weight after the moving average, 0 to 1; those of a young average come to less than 1"
                + " together")
        double weight,
    @Comment("the weight as it goes on the chain, 0 to 65535") int weightU16,
    @Comment("digest of the model's content; null where it never came so far")
        Optional<String> modelDigest,
    @Comment("id of the evaluation") String evaluation) {}

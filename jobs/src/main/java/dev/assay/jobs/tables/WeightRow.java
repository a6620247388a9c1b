package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event of one weight-setting: the intent first, then what became of it; append only. */
@Comment("one event in setting weights: the intent first, then what became of it")
public record WeightRow(
    @Comment("number of the subnet") int netuid,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("SS58 address of the validator") String hotkey,
    @Comment("number of the window that the vector belongs to; it has one vector only") long window,
    @Comment(
            "INTENT, SENT, INCLUDED, FAILED; of hidden weights REVEAL_SENT, REVEALED, EXPIRED,"
                + " SUPERSEDED; ACCEPTED")
        String event,
    @Comment("counted from 1, reveals apart; an intent has 0, ACCEPTED its block") int attempt,
    @Comment("id of the evaluation whose weights they are") String evaluation,
    @Comment("the weights' recipients, ascending") List<Integer> uids,
    @Comment("u16 values, 0 to 65535, one per uid") List<Integer> weights,
    @Comment("the subnet's version key that was sent along") long versionKey,
    @Comment("hash of the extrinsic, 0x and 64 hex digits; null until there is one")
        Optional<String> extrinsicHash,
    @Comment("height that included it; null until it is known") Optional<Long> block,
    @Comment("hash of that block, 0x and 64 hex digits; null until it is known")
        Optional<String> blockHash,
    @Comment("of SENT: the last height that can include it; else 0") long lastBlock,
    @Comment("why it failed; else empty") String reason,
    @Comment("when the event was written down, by the driver's clock") Instant recordedAt,
    @Comment(
            "of SENT that hides the weights: what the chain knows the commit by, 0x and 64 hex"
                + " digits")
        Optional<String> commit,
    @Comment("of SENT that commits a hash: what reveals the weights; else empty")
        List<Integer> salt,
    @Comment("of SENT that encrypts the weights: the beacon's round that opens them")
        Optional<Long> revealRound,
    @Comment("hash of the chain's block 0; null in rows of releases that did not record it")
        Optional<String> genesis,
    @Comment(
            "of SENT: the whole signed extrinsic in hex digits; null in rows of releases that did"
                + " not record it")
        Optional<String> extrinsic) {
  public static final TableDefinition<WeightRow> TABLE =
      new TableDefinition<>(
          "weights",
          WeightRow.class,
          List.of("window", "netuid", "mechanism", "hotkey", "event", "attempt"));
}

package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One event of one weight-setting: the intent first, then what became of it; append only.
 *
 * @param window the vector belongs to it; it can have one vector only
 * @param event INTENT, then SENT (written before it is sent), then INCLUDED or FAILED; a SENT
 *     without either is of unknown fate. Hidden weights go on: REVEAL_SENT (written before it is
 *     sent), where a second extrinsic reveals them, then REVEALED, or EXPIRED if none did, or
 *     SUPERSEDED where a later window's weights stand. ACCEPTED is an update that wasn't ours and
 *     that the operator knows of
 * @param attempt counted from 1, reveals apart; an intent has 0, ACCEPTED its block
 * @param uids the weights' recipients, ascending
 * @param weights u16 values, one per uid
 * @param extrinsicHash 0x and 64 hex digits, once there is one
 * @param block height that included it
 * @param lastBlock of SENT: the last block that can include it; else 0
 * @param commit of SENT that hides the weights: what the chain knows the commit by, 0x and 64 hex
 *     digits
 * @param salt of SENT that commits a hash of the weights: what reveals them; else empty
 * @param revealRound of SENT that encrypts the weights: the beacon's round that opens them
 * @param genesis hash of the chain's block 0, which names the chain; absent in rows of releases
 *     that did not record it
 * @param extrinsic of SENT: the whole signed extrinsic in hexadecimal digits, so that the next run
 *     can send it again; absent in rows of releases that did not record it
 */
public record WeightRow(
    int netuid,
    int mechanism,
    String hotkey,
    long window,
    String event,
    int attempt,
    String evaluation,
    List<Integer> uids,
    List<Integer> weights,
    long versionKey,
    Optional<String> extrinsicHash,
    Optional<Long> block,
    Optional<String> blockHash,
    long lastBlock,
    String reason,
    Instant recordedAt,
    Optional<String> commit,
    List<Integer> salt,
    Optional<Long> revealRound,
    Optional<String> genesis,
    Optional<String> extrinsic) {
  public static final TableDefinition<WeightRow> TABLE =
      new TableDefinition<>(
          "weights",
          WeightRow.class,
          List.of("window", "netuid", "mechanism", "hotkey", "event", "attempt"));
}

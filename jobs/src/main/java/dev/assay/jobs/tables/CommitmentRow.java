package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/**
 * What one hotkey had committed, as read at one block; an observation, never changed.
 *
 * @param block height that was read
 * @param blockHash its hash, 0x and 64 hex digits
 * @param hotkey SS58 address
 * @param registeredBlock when the hotkey got its uid
 * @param committedBlock when the commitment was made
 * @param data the commitment's raw bytes as hex digits, without 0x
 * @param text the same as UTF-8, absent where it isn't
 * @param kind what the chain calls such bytes: Raw and BigRaw are text, others are flags, hashes or
 *     encrypted; absent in rows of releases before 0.2
 */
public record CommitmentRow(
    int netuid,
    long block,
    String blockHash,
    String hotkey,
    int uid,
    long registeredBlock,
    long committedBlock,
    String data,
    Optional<String> text,
    Optional<String> kind) {
  public static final TableDefinition<CommitmentRow> TABLE =
      new TableDefinition<>(
          "commitments", CommitmentRow.class, List.of("block", "netuid", "hotkey"));
}

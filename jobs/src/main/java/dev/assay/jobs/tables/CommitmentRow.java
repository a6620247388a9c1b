package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/** What one hotkey had committed, as read at one block; an observation, never changed. */
@Comment("what one hotkey had committed, as read at one block")
public record CommitmentRow(
    @Comment("number of the subnet") int netuid,
    @Comment("height that was read") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("SS58 address of the miner") String hotkey,
    @Comment("the hotkey's number in the subnet at that block") int uid,
    @Comment("height at which the hotkey got its uid") long registeredBlock,
    @Comment("height at which the commitment was made") long committedBlock,
    @Comment("the commitment's raw bytes as hex digits, without 0x") String data,
    @Comment("the same as UTF-8; null where it is not") Optional<String> text,
    @Comment(
            "what the chain calls such bytes: Raw and BigRaw are text; null in rows of releases"
                + " before 0.2")
        Optional<String> kind) {
  public static final TableDefinition<CommitmentRow> TABLE =
      new TableDefinition<>(
          "commitments", CommitmentRow.class, List.of("block", "netuid", "hotkey"));
}

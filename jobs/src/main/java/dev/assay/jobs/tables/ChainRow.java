package dev.assay.jobs.tables;

import java.util.List;

/** The chain and the subnet that everything in a warehouse is of: one row at most. */
@Comment("the chain and the subnet that everything in the warehouse is of: one row at most")
public record ChainRow(
    @Comment("always 1: the key, by which only the first writer's row is kept") int row,
    @Comment("hash of the chain's block 0, which names the chain: 0x and 64 hex digits")
        String genesis,
    @Comment("number of the subnet") int netuid) {
  public static final TableDefinition<ChainRow> TABLE =
      new TableDefinition<>("chain", ChainRow.class, List.of("row"));

  /** The row of a chain and a subnet. */
  public static ChainRow of(String genesis, int netuid) {
    return new ChainRow(1, genesis, netuid);
  }
}

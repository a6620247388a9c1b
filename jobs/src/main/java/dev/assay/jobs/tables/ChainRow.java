package dev.assay.jobs.tables;

import java.util.List;

/**
 * The chain and the subnet that everything in a warehouse is of: one row at most.
 *
 * @param row always 1: the key, by which only the first writer's row is kept
 * @param genesis hash of the chain's block 0, which names the chain
 */
public record ChainRow(int row, String genesis, int netuid) {
  public static final TableDefinition<ChainRow> TABLE =
      new TableDefinition<>("chain", ChainRow.class, List.of("row"));

  /** The row of a chain and a subnet. */
  public static ChainRow of(String genesis, int netuid) {
    return new ChainRow(1, genesis, netuid);
  }
}

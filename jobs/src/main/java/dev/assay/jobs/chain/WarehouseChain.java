package dev.assay.jobs.chain;

import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps a warehouse to one subnet of one chain. The first run that writes into it claims it, and
 * every later one compares. A genesis hash names a chain but for those that were started twice from
 * the same genesis, so the newest block that was read is compared, too.
 */
public final class WarehouseChain {
  private WarehouseChain() {}

  /** A block that something in the warehouse was read at. */
  private record Reading(int netuid, long block, String hash) {}

  /**
   * Claims a warehouse for the configured subnet of a chain, unless it has been claimed.
   *
   * @throws ConfigurationException if it belongs to another chain or subnet
   * @throws NotReadyException if the chain does not know the newest block that was read, as an
   *     endpoint that lags
   */
  public static void claim(Warehouse warehouse, Subtensor chain, AssayConfiguration configuration) {
    ChainRow own = ChainRow.of(chain.genesisHash().toString(), configuration.chain().netuid());
    WarehouseTable<ChainRow> claims = warehouse.table(ChainRow.TABLE);
    List<ChainRow> claimed = claims.rows();
    claimed.forEach(known -> requireSame(known, own, configuration));
    newest(warehouse).ifPresent(reading -> requireSame(reading, chain, own, configuration));
    if (claimed.isEmpty() && claims.append(List.of(own)) == 0) {
      // Another process's claim may have been first.
      claims.rows().forEach(known -> requireSame(known, own, configuration));
    }
  }

  /** Commitments are written before their evaluation is, and are many. */
  private static Optional<Reading> newest(Warehouse warehouse) {
    List<EvaluationRow> evaluations = warehouse.table(EvaluationRow.TABLE).rows();
    Stream<Reading> readings =
        evaluations.isEmpty()
            ? warehouse.table(CommitmentRow.TABLE).rows().stream()
                .map(row -> new Reading(row.netuid(), row.block(), row.blockHash()))
            : evaluations.stream()
                .map(row -> new Reading(row.netuid(), row.block(), row.blockHash()));
    return readings.max(Comparator.comparingLong(Reading::block));
  }

  private static void requireSame(ChainRow known, ChainRow own, AssayConfiguration configuration) {
    if (known.netuid() != own.netuid()) {
      throw otherSubnet(known.netuid(), configuration);
    }
    if (!known.genesis().equals(own.genesis())) {
      throw new ConfigurationException(
          "%s belongs to the chain with the genesis %s, and chain.endpoints lead to %s; correct one of the two"
              .formatted(warehouse(configuration), known.genesis(), own.genesis()));
    }
  }

  private static void requireSame(
      Reading reading, Subtensor chain, ChainRow own, AssayConfiguration configuration) {
    if (reading.netuid() != own.netuid()) {
      throw otherSubnet(reading.netuid(), configuration);
    }
    Optional<String> hash = hash(chain, reading.block());
    if (hash.isEmpty()) {
      throw new NotReadyException(
          ("%s holds what was read at block %d, which the chain at chain.endpoints does not have"
                  + " yet; wait for it, or correct one of the two")
              .formatted(warehouse(configuration), reading.block()));
    }
    if (!hash.get().equals(reading.hash())) {
      throw new ConfigurationException(
          ("%s holds what was read at block %d with the hash %s, and at chain.endpoints that block"
                  + " is %s: another chain; correct one of the two")
              .formatted(warehouse(configuration), reading.block(), reading.hash(), hash.get()));
    }
  }

  private static Optional<String> hash(Subtensor chain, long block) {
    try {
      return Optional.of(chain.blockHash(block).toString());
    } catch (UnknownBlockException unknown) {
      return Optional.empty();
    }
  }

  private static ConfigurationException otherSubnet(int netuid, AssayConfiguration configuration) {
    return new ConfigurationException(
        "%s belongs to subnet %d, and chain.netuid is %d; correct one of the two"
            .formatted(warehouse(configuration), netuid, configuration.chain().netuid()));
  }

  private static String warehouse(AssayConfiguration configuration) {
    return "paths.warehouse " + configuration.paths().warehouse();
  }
}

package dev.assay.localnet.node;

import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.time.Duration;
import java.util.List;

/** Starts a node by hand: {@code ChainNodeMain PORT [MILLISECONDS]}. */
public final class ChainNodeMain {
  private ChainNodeMain() {}

  /** Runs until it is stopped. */
  public static void main(String[] arguments) throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(6)));
    Sealing sealing =
        arguments.length > 1
            ? Sealing.every(Duration.ofMillis(Long.parseLong(arguments[1])))
            : Sealing.INSTANT;
    try (ChainNode node = ChainNode.start(genesis, sealing, Integer.parseInt(arguments[0]))) {
      System.out.println(node.http());
      Thread.currentThread().join();
    }
  }
}

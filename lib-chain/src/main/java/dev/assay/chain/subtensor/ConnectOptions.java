package dev.assay.chain.subtensor;

import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.Retry;
import dev.assay.chain.rpc.RpcLimits;
import java.util.Optional;

/**
 * How a chain is connected to.
 *
 * @param eraPeriod for how many blocks a signed extrinsic is valid, a power of two
 * @param genesis the chain that is expected, if one is
 */
public record ConnectOptions(
    RpcLimits limits, Retry retry, Patience patience, int eraPeriod, Optional<Hash> genesis) {
  /** The defaults of each, an era of 64 blocks, any chain. */
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(RpcLimits.DEFAULT, Retry.DEFAULT, Patience.DEFAULT, 64, Optional.empty());

  /** The same with another patience. */
  public ConnectOptions withPatience(Patience other) {
    return new ConnectOptions(limits, retry, other, eraPeriod, genesis);
  }

  /** The same with a chain that is expected. */
  public ConnectOptions withGenesis(Hash expected) {
    return new ConnectOptions(limits, retry, patience, eraPeriod, Optional.of(expected));
  }

  void requireGenesis(Hash found, String endpoint) {
    genesis.ifPresent(
        expected -> {
          if (!expected.equals(found)) {
            throw new WrongChainException(endpoint, expected, found);
          }
        });
  }
}

package dev.assay.chain.endpoints;

import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.Retry;
import dev.assay.chain.rpc.RpcLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * How a chain is connected to.
 *
 * @param eraPeriod for how many blocks a signed extrinsic is valid, a power of two
 * @param genesis the chain that is expected, if one is
 * @param review how often several endpoints are compared with each other
 */
public record ConnectOptions(
    RpcLimits limits,
    Retry retry,
    Patience patience,
    int eraPeriod,
    Optional<Hash> genesis,
    Duration review) {
  /** The defaults of each, an era of 64 blocks, any chain, a review each 30 s. */
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(
          RpcLimits.DEFAULT,
          Retry.DEFAULT,
          Patience.DEFAULT,
          64,
          Optional.empty(),
          Duration.ofSeconds(30));

  /** The same with other limits of a call. */
  public ConnectOptions withLimits(RpcLimits other) {
    return new ConnectOptions(other, retry, patience, eraPeriod, genesis, review);
  }

  /** The same with another patience. */
  public ConnectOptions withPatience(Patience other) {
    return new ConnectOptions(limits, retry, other, eraPeriod, genesis, review);
  }

  /** The same with another era. */
  public ConnectOptions withEraPeriod(int blocks) {
    return new ConnectOptions(limits, retry, patience, blocks, genesis, review);
  }

  /** The same with a chain that is expected. */
  public ConnectOptions withGenesis(Hash expected) {
    return new ConnectOptions(limits, retry, patience, eraPeriod, Optional.of(expected), review);
  }

  /** The same with another time between two reviews. */
  public ConnectOptions withReview(Duration interval) {
    return new ConnectOptions(limits, retry, patience, eraPeriod, genesis, interval);
  }

  /** The same with other retries. */
  public ConnectOptions withRetry(Retry other) {
    return new ConnectOptions(limits, other, patience, eraPeriod, genesis, review);
  }

  /** Fails with a {@link WrongChainException} where the endpoint is of another chain. */
  public void requireGenesis(Hash found, String endpoint) {
    genesis.ifPresent(
        expected -> {
          if (!expected.equals(found)) {
            throw new WrongChainException(endpoint, expected, found);
          }
        });
  }
}

package dev.assay.chain.weights;

import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.timelock.DrandChain;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The beacon by which a chain opens timelocks, as its storage has it: any bytes that its root has
 * set.
 *
 * @param publicKey hex digits
 * @param genesisTime when round 1 was published, in seconds since 1970
 * @param period seconds from one round to the next
 */
public record ChainBeacon(String publicKey, long genesisTime, long period) {
  /** What a chain says about its beacon; empty where the runtime keeps none in storage. */
  public static Optional<ChainBeacon> of(BlockView block) {
    return block.metadata().findEntry("Drand", "BeaconConfig").isEmpty()
        ? Optional.empty()
        : block.storage("Drand", "BeaconConfig").map(ChainBeacon::of);
  }

  private static ChainBeacon of(Value configuration) {
    return new ChainBeacon(
        HexFormat.of().formatHex(configuration.field("public_key").asBytes()),
        configuration.field("genesis_time").asLong(),
        configuration.field("period").asLong());
  }

  /** Another beacon in the same words. */
  public static ChainBeacon of(DrandChain beacon) {
    return new ChainBeacon(
        HexFormat.of().formatHex(beacon.publicKey().bytes()),
        beacon.genesis().getEpochSecond(),
        beacon.period().toSeconds());
  }

  @Override
  public String toString() {
    return "%s with a round every %d s since %d".formatted(publicKey, period, genesisTime);
  }
}

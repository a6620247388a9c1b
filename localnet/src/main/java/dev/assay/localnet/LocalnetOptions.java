package dev.assay.localnet;

import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a localnet starts. Equal values make equal chains, samples and revisions.
 *
 * @param directory where the hub keeps its files, and the chain its blocks if it keeps them
 * @param seed decides every sample
 * @param genesis the time of block 0; every later one is 12 s younger, whatever the wall clock says
 * @param netuid the subnet that exists from the start; {@code //Alice} owns it
 * @param tempo blocks between two of its epochs
 * @param sealing when a block is made
 * @param samplesPerBlock how many samples the feed makes, 1 to 256
 * @param samplers the subnet that makes the samples; where it is another one than netuid, it exists
 *     from the start, too
 * @param hubTokens the token that may write to a namespace of the hub, by namespace
 * @param ports where the services listen
 * @param keepChain whether the chain goes on, at the next start, where it ended
 * @param upgradeBlock the block in which the chain's runtime is upgraded, if it is
 * @param shielded whether the chain takes encrypted extrinsics
 */
public record LocalnetOptions(
    Path directory,
    long seed,
    Instant genesis,
    int netuid,
    int tempo,
    Sealing sealing,
    int samplesPerBlock,
    SampleSubnet samplers,
    Map<String, String> hubTokens,
    LocalnetPorts ports,
    boolean keepChain,
    OptionalLong upgradeBlock,
    boolean shielded) {

  /** Copies the tokens. */
  public LocalnetOptions {
    hubTokens = Map.copyOf(hubTokens);
  }

  @Override
  public String toString() {
    return "LocalnetOptions[netuid " + netuid + ", seed " + seed + ", " + directory + "]";
  }
}

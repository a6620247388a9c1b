package dev.assay.jobs.feed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where samples come from. A source fetches and reads; the intake of snapshots decides what is
 * taken. What it reads is third-party input, bounded in size and time.
 */
public interface SampleSource {
  /**
   * A part of what a source has.
   *
   * @param offers one for each thing that the source gave; empty for what is no sample
   * @param nextBlock the first block asked for that is not in it; absent where all are
   */
  record Page(List<Optional<OfferedSample>> offers, OptionalLong nextBlock) {}

  /**
   * Asked once before samples are: whether what the source has is of this chain, and vouched for by
   * somebody who is trusted. A source whose samples are signed one by one needs no more than that.
   *
   * @param genesis hash of the chain's block 0
   * @param trusted SS58 addresses whose samples are taken
   * @throws dev.assay.jobs.config.ConfigurationException if it is not
   */
  default void require(String genesis, Set<String> trusted) {}

  /**
   * Told once before samples are asked for: when the chain's blocks were made, for a source whose
   * samples say their time and no block.
   */
  default void follow(BlockTimes chain) {}

  /**
   * Samples of a span of blocks, both ends included, from its beginning on; whole blocks alone.
   *
   * @throws FeedException if the source cannot be asked now, or gives what no source gives
   * @throws dev.assay.jobs.config.ConfigurationException if there is no such source
   */
  Page samples(long fromBlock, long toBlock) throws InterruptedException;
}

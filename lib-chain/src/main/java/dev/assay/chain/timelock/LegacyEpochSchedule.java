package dev.assay.chain.timelock;

/**
 * Epochs at fixed blocks, as runtimes without the storage item {@code LastEpochBlock} have them
 * (bittensor-drand 1.x, {@code generate_commit}).
 *
 * @param netuid the subnet, by which the blocks are shifted
 * @param tempo blocks between epochs less one, a u16
 * @param block the head's block number
 */
public record LegacyEpochSchedule(int netuid, int tempo, long block) implements RevealSchedule {

  @Override
  public long firstRevealBlock(long revealPeriod) {
    RevealSchedule.requireRevealPeriod(revealPeriod);
    long length = tempo + 1L;
    long shift = netuid + 1L;
    long epoch = (block + shift) / length;
    return (epoch + revealPeriod) * length - shift;
  }
}

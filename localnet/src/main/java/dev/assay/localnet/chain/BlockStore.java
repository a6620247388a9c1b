package dev.assay.localnet.chain;

import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks by number and by hash. The state of all but the last is dropped after a while. */
public final class BlockStore {
  /** How many blocks keep their state. */
  private static final int STATES = 4096;

  private final Map<Bytes32, Block> byHash = new ConcurrentHashMap<>();
  private final Map<Long, Bytes32> byNumber = new ConcurrentHashMap<>();
  private final Block genesis;
  private volatile Block best;

  BlockStore(Block genesis) {
    this.genesis = genesis;
    add(genesis);
  }

  void add(Block block) {
    byHash.put(block.hash(), block);
    byNumber.put(block.number(), block.hash());
    best = block;
    long old = block.number() - STATES;
    if (old >= 0) {
      byHash.computeIfPresent(byNumber.get(old), (hash, kept) -> kept.withoutState());
    }
  }

  /** The first block. */
  public Block genesis() {
    return genesis;
  }

  /** The last block, which is final. */
  public Block best() {
    return best;
  }

  /** The block of a hash. */
  public Optional<Block> find(Bytes32 hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /** The hash of the block at a height. */
  public Optional<Bytes32> hash(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }
}

package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.drand.LocalBeacon;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.runtime.BlockBuilder;
import dev.assay.localnet.chain.runtime.InvalidTransactionException;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.runtime.Runtimes;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.runtime.Validity;
import dev.assay.localnet.chain.shield.ShieldKeys;
import dev.assay.localnet.chain.shield.ShieldPallet;
import dev.assay.localnet.chain.shield.ShieldedExtrinsic;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.SystemPallet;
import dev.assay.localnet.chain.substrate.TimestampPallet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks and the pool. Reading needs no lock: blocks and their states never change. Submitting
 * and sealing take this object's lock; signatures are checked outside of it.
 */
public final class Chain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chain.class);
  private static final int MAX_EXTRINSIC = 5 * 1024 * 1024;

  /** Hears what happens on the chain, in order, while the chain's lock is held: be brief. */
  public interface Listener {
    /** A block has been sealed; it is final at once. */
    void sealed(Block block);

    /** An extrinsic in the pool could be in the next block. */
    default void ready(SignedExtrinsic extrinsic) {}

    /** An extrinsic has entered the pool whose nonce is not due yet. */
    default void future(SignedExtrinsic extrinsic) {}

    /** An extrinsic can't be in a block any more. */
    default void invalid(SignedExtrinsic extrinsic) {}
  }

  private final Runtimes runtimes;
  private final BlockStore blocks;
  private final ExtrinsicPool pool = new ExtrinsicPool(ExtrinsicPool.Limits.DEFAULT);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final long genesisMoment;
  private final OptionalLong upgradeBlock;
  private final LocalBeacon beacon;
  private final Optional<ShieldKeys> shield;
  private final Optional<BlockLog> log;

  private Chain(Runtimes runtimes, Genesis genesis, Optional<BlockLog> log) {
    this.runtimes = runtimes;
    this.log = log;
    this.genesisMoment = genesis.moment();
    this.beacon = LocalBeacon.of(genesis.seed(), Instant.ofEpochMilli(genesisMoment));
    this.upgradeBlock = genesis.upgradeBlock();
    this.shield =
        genesis.shielded() ? Optional.of(new ShieldKeys(genesis.seed())) : Optional.empty();
    byte[] code = runtimes.first().code();
    this.blocks = new BlockStore(GenesisBlock.of(genesis, beacon, code));
  }

  /** A chain at its genesis, which is forgotten with its process. */
  public static Chain inMemory(Runtimes runtimes, Genesis genesis) {
    return new Chain(runtimes, genesis, Optional.empty());
  }

  /**
   * A chain that goes on where the one that was kept in the directory ended.
   *
   * @throws IOException when the directory belongs to another chain or another process, or can't be
   *     written
   */
  public static Chain keptIn(Path directory, Runtimes runtimes, Genesis genesis)
      throws IOException {
    BlockLog log = BlockLog.open(directory);
    try {
      Chain chain = new Chain(runtimes, genesis, Optional.of(log));
      List<BlockLog.Entry> entries = log.read();
      Bytes32 first = chain.blocks.genesis().hash();
      if (entries.isEmpty()) {
        log.append(new BlockLog.Entry(first, List.of()));
      } else if (!entries.get(0).hash().equals(first)) {
        throw new IOException(
            directory + " keeps a chain with another genesis: choose an empty directory");
      } else {
        chain.replay(entries.subList(1, entries.size()));
      }
      return chain;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    log.ifPresent(BlockLog::close);
  }

  /** What executes the blocks: which one follows from a state. */
  public Runtimes runtimes() {
    return runtimes;
  }

  /** The runtime of the newest state. */
  public NodeRuntime runtime() {
    return runtimes.of(blocks.best().state());
  }

  /** The blocks so far. */
  public BlockStore blocks() {
    return blocks;
  }

  /** Tells a listener what happens from here on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Tells a listener nothing more. */
  public void forget(Listener listener) {
    listeners.remove(listener);
  }

  /**
   * Takes an extrinsic into the pool.
   *
   * @param bytes the extrinsic with its length in front
   * @return its hash
   * @throws PoolException when it can't be in a block
   */
  public Bytes32 submit(byte[] bytes) throws PoolException {
    return submit(bytes, extrinsic -> {});
  }

  /**
   * Takes an extrinsic into the pool and calls {@code accepted}, with the lock held, before anyone
   * hears of it.
   */
  public Bytes32 submit(byte[] bytes, Consumer<SignedExtrinsic> accepted) throws PoolException {
    checkFormat(bytes);
    try {
      Block best = blocks.best();
      NodeRuntime runtime = runtimes.of(best.state());
      SignedExtrinsic extrinsic = SignedExtrinsic.decode(bytes, runtime.codec());
      checkKnown(extrinsic);
      runtime.checkProof(extrinsic, best, blocks.genesis().hash());
      enter(extrinsic, runtime, accepted);
      return extrinsic.hash();
    } catch (InvalidTransactionException e) {
      throw PoolException.of(e);
    }
  }

  /** The beacon whose rounds the blocks bring in. */
  public LocalBeacon beacon() {
    return beacon;
  }

  /** The number of the newest round that the chain has. */
  public long newestRound() {
    return DrandPallet.lastRound(blocks.best().state().storage());
  }

  /** Seals a block of what is in the pool. */
  public synchronized Block seal() {
    BlockBuilder builder = begin();
    List<SignedExtrinsic> included = new ArrayList<>();
    List<SignedExtrinsic> left = new ArrayList<>();
    List<SignedExtrinsic> invalid = new ArrayList<>();
    for (SignedExtrinsic extrinsic : pool.inOrder()) {
      try {
        include(extrinsic, builder, included);
        left.add(extrinsic);
      } catch (InvalidTransactionException e) {
        if (!e.temporary()) {
          invalid.add(extrinsic);
        }
      }
    }
    Block block = builder.seal();
    log.ifPresent(kept -> kept.append(entry(block, included)));
    blocks.add(block);
    left.forEach(pool::remove);
    invalid.addAll(outdated(block));
    invalid.forEach(extrinsic -> pool.ban(extrinsic, block.number()));
    listeners.forEach(listener -> listener.sealed(block));
    invalid.forEach(extrinsic -> listeners.forEach(listener -> listener.invalid(extrinsic)));
    return block;
  }

  /** An encrypted extrinsic waits for the block whose author can open it, and is opened there. */
  private void include(
      SignedExtrinsic extrinsic, BlockBuilder builder, List<SignedExtrinsic> included)
      throws InvalidTransactionException {
    Optional<ShieldedExtrinsic> shielded = ShieldPallet.carried(extrinsic.call());
    if (shielded.isPresent() && !isDue(shielded.get())) {
      throw InvalidTransactionException.waiting();
    }
    builder.apply(extrinsic);
    included.add(extrinsic);
    if (shielded.isPresent()) {
      includeOpened(shielded.get(), builder, included);
    }
  }

  private boolean isDue(ShieldedExtrinsic shielded) {
    return ShieldPallet.due(blocks.best().state().storage(), shielded);
  }

  private void includeOpened(
      ShieldedExtrinsic shielded, BlockBuilder builder, List<SignedExtrinsic> included) {
    Optional<byte[]> opened = shield.flatMap(keys -> keys.open(shielded, builder.number()));
    if (opened.isEmpty()) {
      LOG.info("block {}: an encrypted extrinsic can't be opened", builder.number());
      return;
    }
    try {
      NodeRuntime runtime = runtime();
      SignedExtrinsic inner = SignedExtrinsic.decode(opened.get(), runtime.codec());
      runtime.checkProof(inner, blocks.best(), blocks.genesis().hash());
      builder.apply(inner);
      included.add(inner);
    } catch (InvalidTransactionException e) {
      LOG.info("block {}: what was encrypted is invalid: {}", builder.number(), e.getMessage());
    }
  }

  /** The nonce that the account's next extrinsic should have, after those in the pool. */
  public synchronized long nextNonce(AccountId account) {
    long nonce = SystemPallet.nonce(blocks.best().state().storage(), account);
    return pool.nextNonce(account, nonce);
  }

  /** What waits in the pool and could be in the next block. */
  public synchronized List<SignedExtrinsic> pending() {
    Storage now = blocks.best().state().storage();
    return pool.ready(account -> SystemPallet.nonce(now, account));
  }

  private BlockBuilder begin() {
    Block parent = blocks.best();
    long moment = moment(parent.number() + 1);
    BlockBuilder builder =
        new BlockBuilder(runtimes.of(parent.state()), parent, moment, upgrade(parent.number() + 1));
    shield.ifPresent(keys -> builder.announce(keys.announced(builder.number())));
    long lastRound = DrandPallet.lastRound(builder.storage());
    builder.pulses(beacon.due(lastRound, Instant.ofEpochMilli(moment)));
    return builder;
  }

  private Optional<NodeRuntime> upgrade(long number) {
    boolean due = upgradeBlock.isPresent() && upgradeBlock.getAsLong() == number;
    return due ? Optional.of(runtimes.upgraded()) : Optional.empty();
  }

  private void replay(List<BlockLog.Entry> entries) throws IOException {
    for (BlockLog.Entry entry : entries) {
      BlockBuilder builder = begin();
      NodeRuntime runtime = runtime();
      try {
        for (byte[] extrinsic : entry.extrinsics()) {
          builder.apply(SignedExtrinsic.decode(extrinsic, runtime.codec()));
        }
      } catch (InvalidTransactionException e) {
        throw new IOException("block " + builder.number() + " of the log can't be executed", e);
      }
      Block block = builder.seal();
      if (!block.hash().equals(entry.hash())) {
        throw new IOException(
            "block "
                + block.number()
                + " of the log was made by another version of the localnet or with another block of"
                + " the runtime's upgrade: choose an empty directory");
      }
      blocks.add(block);
    }
  }

  private static BlockLog.Entry entry(Block block, List<SignedExtrinsic> included) {
    return new BlockLog.Entry(
        block.hash(), included.stream().map(extrinsic -> extrinsic.bytes().raw()).toList());
  }

  private synchronized void checkKnown(SignedExtrinsic extrinsic) throws PoolException {
    pool.checkNew(extrinsic.hash(), blocks.best().number());
  }

  private synchronized void enter(
      SignedExtrinsic extrinsic, NodeRuntime checkedBy, Consumer<SignedExtrinsic> accepted)
      throws PoolException, InvalidTransactionException {
    Block best = blocks.best();
    pool.checkNew(extrinsic.hash(), best.number());
    NodeRuntime runtime = runtimes.of(best.state());
    if (runtime != checkedBy) {
      // The signature covers the version of the runtime that was just replaced.
      runtime.checkProof(extrinsic, best, blocks.genesis().hash());
    }
    Storage storage = best.state().storage();
    Validity validity = runtime.validate(extrinsic, storage, best.number() + 1);
    long due = pool.nextNonce(extrinsic.signer(), validity.requires());
    pool.add(extrinsic, validity);
    accepted.accept(extrinsic);
    if (extrinsic.nonce() > due) {
      listeners.forEach(listener -> listener.future(extrinsic));
      return;
    }
    for (SignedExtrinsic each : pool.following(extrinsic.signer(), due)) {
      listeners.forEach(listener -> listener.ready(each));
    }
  }

  /** Those past their era and, where the runtime is another after the block, all. */
  private List<SignedExtrinsic> outdated(Block block) {
    boolean upgraded = upgrade(block.number()).isPresent();
    List<SignedExtrinsic> found = new ArrayList<>();
    for (ExtrinsicPool.Waiting waiting : pool.waiting()) {
      if (upgraded || waiting.validity().validUntil() <= block.number()) {
        found.add(waiting.extrinsic());
      }
    }
    return found;
  }

  private long moment(long number) {
    return genesisMoment + number * TimestampPallet.BLOCK_MILLISECONDS;
  }

  private static void checkFormat(byte[] bytes) throws PoolException {
    if (bytes.length > MAX_EXTRINSIC) {
      throw PoolException.badFormat(bytes.length + " bytes exceed the limit of " + MAX_EXTRINSIC);
    }
    try {
      ScaleReader in = new ScaleReader(bytes);
      in.byteVec();
      in.end();
    } catch (ScaleException e) {
      throw PoolException.badFormat(e.getMessage());
    }
  }
}

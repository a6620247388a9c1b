package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.localnet.chain.pallet.DrandPallet;
import dev.assay.localnet.chain.pallet.SystemPallet;
import dev.assay.localnet.chain.pallet.TimestampPallet;
import dev.assay.localnet.chain.runtime.BlockBuilder;
import dev.assay.localnet.chain.runtime.InvalidTransactionException;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.runtime.Validity;
import dev.assay.localnet.chain.state.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The blocks and the pool. Reading needs no lock: blocks and their states never change. Submitting
 * and sealing take this object's lock; signatures are checked outside of it.
 */
public final class Chain {
  private static final int MAX_EXTRINSIC = 5 * 1024 * 1024;

  /** Hears what happens on the chain, in order, while the chain's lock is held: be brief. */
  public interface Listener {
    /** A block has been sealed; it is final at once. */
    void sealed(Block block);

    /** An extrinsic has entered the pool. */
    default void waiting(SignedExtrinsic extrinsic) {}

    /** An extrinsic has left the pool for another with the same nonce. */
    default void usurped(SignedExtrinsic extrinsic, SignedExtrinsic by) {}

    /** An extrinsic can't be in a block any more. */
    default void invalid(SignedExtrinsic extrinsic) {}
  }

  private final NodeRuntime runtime;
  private final BlockStore blocks;
  private final ExtrinsicPool pool = new ExtrinsicPool();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final long genesisMoment;
  private final LocalBeacon beacon;

  /** A chain at its genesis. Each block is 12 s later than the one before. */
  public Chain(NodeRuntime runtime, Genesis genesis) {
    this.runtime = runtime;
    this.genesisMoment = genesis.moment();
    this.beacon = LocalBeacon.of(genesis.seed(), Instant.ofEpochMilli(genesisMoment));
    this.blocks = new BlockStore(GenesisBlock.of(genesis, beacon));
  }

  /** What executes the blocks. */
  public NodeRuntime runtime() {
    return runtime;
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
      SignedExtrinsic extrinsic = SignedExtrinsic.decode(bytes, runtime.codec());
      Block best = blocks.best();
      checkKnown(extrinsic);
      Bytes32 genesis = blocks.genesis().hash();
      runtime.checkProof(extrinsic, best, genesis);
      enter(extrinsic, accepted);
      return extrinsic.hash();
    } catch (InvalidTransactionException e) {
      throw PoolException.of(e);
    }
  }

  /** The beacon whose rounds the blocks bring in. */
  public LocalBeacon beacon() {
    return beacon;
  }

  /** Seals a block of what is in the pool. */
  public synchronized Block seal() {
    Block parent = blocks.best();
    long moment = moment(parent.number() + 1);
    BlockBuilder builder = new BlockBuilder(runtime, parent, moment);
    long lastRound = DrandPallet.lastRound(builder.storage());
    builder.pulses(beacon.due(lastRound, Instant.ofEpochMilli(moment)));
    List<SignedExtrinsic> included = new ArrayList<>();
    List<SignedExtrinsic> invalid = new ArrayList<>();
    for (SignedExtrinsic extrinsic : pool.inOrder()) {
      try {
        builder.apply(extrinsic);
        included.add(extrinsic);
      } catch (InvalidTransactionException e) {
        if (!e.temporary()) {
          invalid.add(extrinsic);
        }
      }
    }
    Block block = builder.seal();
    blocks.add(block);
    included.forEach(pool::remove);
    invalid.addAll(expired(block.number()));
    invalid.forEach(extrinsic -> pool.ban(extrinsic, block.number()));
    listeners.forEach(listener -> listener.sealed(block));
    invalid.forEach(extrinsic -> listeners.forEach(listener -> listener.invalid(extrinsic)));
    return block;
  }

  /** The nonce that the account's next extrinsic should have, after those in the pool. */
  public synchronized long nextNonce(AccountId account) {
    long nonce = SystemPallet.nonce(blocks.best().state().storage(), account);
    return pool.nextNonce(account, nonce);
  }

  /** What waits in the pool. */
  public synchronized List<SignedExtrinsic> pending() {
    return pool.inOrder();
  }

  private synchronized void checkKnown(SignedExtrinsic extrinsic) throws PoolException {
    pool.checkNew(extrinsic.hash(), blocks.best().number());
  }

  private synchronized void enter(SignedExtrinsic extrinsic, Consumer<SignedExtrinsic> accepted)
      throws PoolException, InvalidTransactionException {
    Block best = blocks.best();
    pool.checkNew(extrinsic.hash(), best.number());
    Storage storage = best.state().storage();
    Validity validity = runtime.validate(extrinsic, storage, best.number() + 1);
    Optional<SignedExtrinsic> usurped = pool.add(extrinsic, validity);
    accepted.accept(extrinsic);
    usurped.ifPresent(old -> listeners.forEach(listener -> listener.usurped(old, extrinsic)));
    listeners.forEach(listener -> listener.waiting(extrinsic));
  }

  private List<SignedExtrinsic> expired(long number) {
    List<SignedExtrinsic> found = new ArrayList<>();
    for (ExtrinsicPool.Waiting waiting : pool.waiting()) {
      if (waiting.validity().validUntil() <= number) {
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

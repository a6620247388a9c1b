package dev.assay.localnet.chain.runtime;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.block.Header;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.drand.DrandTypes;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchInfo;
import dev.assay.localnet.chain.pallet.EventLog;
import dev.assay.localnet.chain.pallet.Origin;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.pallet.Weight;
import dev.assay.localnet.chain.runtime.InvalidTransactionException.Reason;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.substrate.SystemPallet;
import dev.assay.localnet.chain.substrate.TimestampPallet;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes one block. Not for more than one thread. */
public final class BlockBuilder {
  /**
   * The reference time that a block's normal extrinsics may take: three quarters of four seconds.
   */
  private static final long NORMAL_WEIGHT = 3_000_000_000_000L;

  private static final int NORMAL_LENGTH = 7_864_320;
  private static final int BARE_V4 = 0x04;
  private static final int PRE_RUNTIME = 6;

  /** The digest item {@code RuntimeEnvironmentUpdated}. */
  private static final byte[] UPDATED = {8};

  private final NodeRuntime runtime;
  private final Block parent;
  private final Storage storage;
  private final EventLog events = new EventLog();
  private final List<byte[]> extrinsics = new ArrayList<>();
  private final List<byte[]> digest;
  private long weight;
  private long length;

  /**
   * Begins a block on top of another.
   *
   * @param moment the block's time, in milliseconds since 1970
   * @param next the runtime that executes the blocks after this one, where it is another
   */
  public BlockBuilder(NodeRuntime runtime, Block parent, long moment, Optional<NodeRuntime> next) {
    this.runtime = runtime;
    this.parent = parent;
    this.storage = parent.state().storage();
    SystemPallet.initialize(storage, number(), parent.hash());
    this.digest = next.isPresent() ? List.of(slot(moment), UPDATED) : List.of(slot(moment));
    SystemPallet.digest(storage, digest);
    next.ifPresent(other -> SystemPallet.setCode(context(Origin.NONE), other.code()));
    runtime.hooks().forEach(hook -> hook.run(context(Origin.NONE)));
    inherent("Timestamp", "set", moment);
  }

  /** The block's number. */
  public long number() {
    return parent.number() + 1;
  }

  /** The state as it stands. */
  public Storage storage() {
    return storage;
  }

  /**
   * Executes an extrinsic whose signature has been checked.
   *
   * @return why its dispatch failed, if it did
   * @throws InvalidTransactionException when it can't be in this block, which is then unchanged
   */
  public Optional<DispatchError> apply(SignedExtrinsic extrinsic)
      throws InvalidTransactionException {
    Validity validity = runtime.validate(extrinsic, storage, number());
    if (validity.requires() < extrinsic.nonce()) {
      throw InvalidTransactionException.because(Reason.FUTURE);
    }
    Weight own = runtime.weight(extrinsic.call());
    boolean fits =
        weight + own.refTime() <= NORMAL_WEIGHT
            && length + extrinsic.bytes().length() <= NORMAL_LENGTH;
    if (!fits) {
      throw InvalidTransactionException.because(Reason.EXHAUSTS_RESOURCES);
    }
    weight += own.refTime();
    length += extrinsic.bytes().length();
    enter(extrinsic.bytes().raw());
    return execute(extrinsic, own);
  }

  /** Announces the key by which the author opens what is encrypted to a later block. */
  public void announce(byte[] key) {
    inherent("MevShield", "announce_next_key", Optional.of(key));
  }

  /** Brings the beacon's new rounds in. */
  public void pulses(List<DrandTypes.Pulse> pulses) {
    if (!pulses.isEmpty()) {
      inherent("Drand", "write_pulse", DrandPallet.payload(number(), pulses), Optional.empty());
    }
  }

  /** Executes an extrinsic that the block itself puts in. */
  void inherent(String pallet, String call, Object... arguments) {
    RuntimeCall inherent = runtime.call(pallet, call, List.of(arguments));
    ScaleWriter body = new ScaleWriter().u8(BARE_V4);
    runtime.codec().shape().encoder().accept(body, inherent);
    enter(new ScaleWriter().byteVec(body.toByteArray()).toByteArray());
    Context context = context(Origin.NONE);
    Optional<DispatchError> failure = runtime.dispatch(context, inherent);
    Weight own = runtime.weight(inherent);
    SystemPallet.extrinsicDone(context, failure, new DispatchInfo(own, DispatchInfo.MANDATORY, 0));
  }

  /** Ends the block. */
  public Block seal() {
    SystemPallet.complete(storage, events);
    Snapshot state = storage.seal();
    ScaleWriter body = new ScaleWriter().vec(extrinsics, ScaleWriter::bytes);
    Bytes32 extrinsicsRoot = new Bytes32(Blake2.blake2b256(body.toByteArray()));
    Header header = new Header(parent.hash(), number(), state.root(), extrinsicsRoot, digest);
    return new Block(header, header.hash(), List.copyOf(extrinsics), Optional.of(state));
  }

  private Optional<DispatchError> execute(SignedExtrinsic extrinsic, Weight own) {
    AccountId signer = extrinsic.signer();
    Context context = context(Origin.signed(signer));
    SystemPallet.incrementNonce(storage, signer);
    long fee = runtime.fee(extrinsic);
    if (fee + extrinsic.tip() > 0) {
      BalancesPallet.withdraw(context, signer, fee + extrinsic.tip());
    }
    Optional<DispatchError> failure = runtime.dispatch(context, extrinsic.call());
    TransactionPaymentPallet.paid(context, signer, fee + extrinsic.tip(), extrinsic.tip());
    int pays = runtime.pays(extrinsic.call()) ? 0 : 1;
    SystemPallet.extrinsicDone(context, failure, new DispatchInfo(own, 0, pays));
    return failure;
  }

  private void enter(byte[] extrinsic) {
    events.enterExtrinsic(extrinsics.size());
    extrinsics.add(extrinsic);
  }

  private Context context(Origin origin) {
    return new Context(runtime, storage, events, number(), origin);
  }

  private static byte[] slot(long moment) {
    ScaleWriter item = new ScaleWriter().u8(PRE_RUNTIME);
    item.bytes("aura".getBytes(StandardCharsets.US_ASCII));
    byte[] slot = new ScaleWriter().u64(moment / TimestampPallet.BLOCK_MILLISECONDS).toByteArray();
    return item.byteVec(slot).toByteArray();
  }
}

package dev.assay.localnet.chain.runtime;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.CallCodec;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.pallet.Weight;
import dev.assay.localnet.chain.shield.ShieldPallet;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.AuraPallet;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.substrate.BatchPallet;
import dev.assay.localnet.chain.substrate.RuntimeUpgrade;
import dev.assay.localnet.chain.substrate.RuntimeVersion;
import dev.assay.localnet.chain.substrate.SudoPallet;
import dev.assay.localnet.chain.substrate.SystemPallet;
import dev.assay.localnet.chain.substrate.TimestampPallet;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet;
import dev.assay.localnet.chain.subtensor.AdminPallet;
import dev.assay.localnet.chain.subtensor.CommitmentsPallet;
import dev.assay.localnet.chain.subtensor.SubtensorChecks;
import dev.assay.localnet.chain.subtensor.SubtensorPallet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The pallets and runtime APIs that the node executes, and the metadata that describes them. */
public final class NodeRuntime implements Context.Dispatcher {
  private static final long FIRST_SPEC = 425;
  private static final long UPGRADED_SPEC = 426;

  private final CallCodec codec = new CallCodec();
  private final List<Pallet> pallets;
  private final List<RuntimeApi> apis = RuntimeApis.all(this);
  private final Map<String, RuntimeApi.Method<?>> functions = functions(apis);
  private final List<CallCheck> callChecks;
  private final List<BlockHook> hooks;
  private final RuntimeVersion version;
  private final byte[] code;
  private final TransactionChecks checks = new TransactionChecks(this);
  private final byte[] metadata14;
  private final byte[] metadata15;

  private NodeRuntime(long spec, long transaction, boolean upgraded) {
    this.version = version(spec, transaction, apis);
    this.code = upgraded ? RuntimeCode.of(version) : RuntimeCode.first();
    this.callChecks = List.of(NodeRuntime::checkShielded, NodeRuntime::checkSubtensor);
    this.hooks = hooks(version, upgraded);
    List<Pallet> declared = new ArrayList<>();
    declared.add(SystemPallet.pallet(version));
    declared.add(TimestampPallet.pallet());
    declared.add(AuraPallet.pallet());
    declared.add(BalancesPallet.pallet());
    declared.add(TransactionPaymentPallet.pallet());
    declared.add(SubtensorPallet.pallet());
    declared.add(CommitmentsPallet.pallet());
    declared.add(AdminPallet.pallet());
    declared.add(DrandPallet.pallet());
    declared.add(ShieldPallet.pallet());
    declared.add(BatchPallet.pallet(codec));
    declared.add(SudoPallet.pallet(codec));
    if (upgraded) {
      declared.replaceAll(RuntimeUpgrade::of);
    }
    declared.sort(Comparator.comparingInt(Pallet::index));
    declared.forEach(codec::add);
    this.pallets = List.copyOf(declared);
    this.metadata14 = MetadataWriter.version14(pallets);
    this.metadata15 = MetadataWriter.version15(pallets, apis);
  }

  /** The runtime that a chain begins with. */
  public static NodeRuntime first() {
    return new NodeRuntime(FIRST_SPEC, 1, false);
  }

  /** The runtime after an upgrade; {@link RuntimeUpgrade} has what differs. */
  static NodeRuntime upgraded() {
    return new NodeRuntime(UPGRADED_SPEC, 2, true);
  }

  /** What the runtime says of itself. */
  public RuntimeVersion version() {
    return version;
  }

  /** What lies under {@code :code} while it executes the blocks. */
  public byte[] code() {
    return code.clone();
  }

  /** The function of a runtime API that clients call by that name, {@code Api_function}. */
  public Optional<RuntimeApi.Method<?>> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** Reads its calls. */
  public CallCodec codec() {
    return codec;
  }

  /** Its metadata of version 14 or 15, or nothing. */
  public Optional<byte[]> metadata(long metadataVersion) {
    if (metadataVersion == 14) {
      return Optional.of(metadata14.clone());
    }
    return metadataVersion == 15 ? Optional.of(metadata15.clone()) : Optional.empty();
  }

  /**
   * Checks a signature, as the pool and a block do.
   *
   * @param best the block that the extrinsic's block will come after
   */
  public void checkProof(SignedExtrinsic extrinsic, Block best, Bytes32 genesis)
      throws InvalidTransactionException {
    checks.proof(extrinsic, best, genesis);
  }

  /**
   * Checks all but the signature, as the pool and a block do.
   *
   * @param block the block that the extrinsic would be in
   */
  public Validity validate(SignedExtrinsic extrinsic, Storage storage, long block)
      throws InvalidTransactionException {
    return checks.validate(extrinsic, storage, block);
  }

  /** What an extrinsic costs without its tip. */
  public long fee(SignedExtrinsic extrinsic) {
    return pays(extrinsic.call()) ? feeParts(extrinsic).total() : 0;
  }

  /** The parts of the fee, were it to be paid. */
  public TransactionPaymentPallet.Fee feeParts(SignedExtrinsic extrinsic) {
    return TransactionChecks.fee(this, extrinsic);
  }

  /** Whether the signer pays a fee for the call. */
  public boolean pays(RuntimeCall call) {
    return BatchPallet.pays(call);
  }

  /** The declared weight of a call and of those inside it. */
  public Weight weight(RuntimeCall call) {
    long total = call.call().refTime();
    for (Object value : call.arguments().values()) {
      if (value instanceof RuntimeCall inner) {
        total += weight(inner).refTime();
      } else if (value instanceof List<?> values) {
        for (Object element : values) {
          total += element instanceof RuntimeCall inner ? weight(inner).refTime() : 0;
        }
      }
    }
    return Weight.of(total);
  }

  RuntimeCall call(String palletName, String callName, List<Object> arguments) {
    for (Pallet pallet : pallets) {
      for (Call call : pallet.calls()) {
        if (pallet.name().equals(palletName) && call.name().equals(callName)) {
          return new RuntimeCall(pallet, call, new Arguments(call.fields(), arguments));
        }
      }
    }
    throw new IllegalArgumentException("no call " + palletName + "." + callName);
  }

  List<CallCheck> callChecks() {
    return callChecks;
  }

  List<BlockHook> hooks() {
    return hooks;
  }

  @Override
  public Optional<DispatchError> dispatch(Context context, RuntimeCall call) {
    Storage.Checkpoint before = context.storage().checkpoint();
    int events = context.events().size();
    try {
      call.call().body().run(context, call.arguments());
      return Optional.empty();
    } catch (DispatchException e) {
      context.storage().rollback(before);
      context.events().truncate(events);
      return Optional.of(e.error());
    }
  }

  private static void checkShielded(Storage storage, long block, AccountId signer, RuntimeCall call)
      throws InvalidTransactionException {
    if (ShieldPallet.carries(call) && ShieldPallet.carried(call).isEmpty()) {
      throw InvalidTransactionException.custom(ShieldPallet.FAILED_SHIELDED_TX_PARSING);
    }
  }

  private static void checkSubtensor(
      Storage storage, long block, AccountId signer, RuntimeCall call)
      throws InvalidTransactionException {
    OptionalInt refusal = SubtensorChecks.refusal(storage, block, signer, call);
    if (refusal.isPresent()) {
      throw InvalidTransactionException.custom(refusal.getAsInt());
    }
  }

  private static RuntimeVersion version(long spec, long transaction, List<RuntimeApi> apis) {
    List<Pair<byte[], Long>> versions =
        apis.stream().map(api -> new Pair<>(api.id(), (long) api.version())).toList();
    return new RuntimeVersion(
        "node-subtensor", "assay-localnet", 1, spec, 1, versions, transaction, 1);
  }

  private static List<BlockHook> hooks(RuntimeVersion version, boolean upgraded) {
    List<BlockHook> hooks = new ArrayList<>();
    if (upgraded) {
      hooks.add(context -> RuntimeUpgrade.initialize(context.storage(), version));
    }
    hooks.add(SubtensorPallet::initialize);
    hooks.add(CommitmentsPallet::initialize);
    return List.copyOf(hooks);
  }

  private static Map<String, RuntimeApi.Method<?>> functions(List<RuntimeApi> apis) {
    Map<String, RuntimeApi.Method<?>> functions = new HashMap<>();
    for (RuntimeApi api : apis) {
      api.methods().forEach(method -> functions.put(api.name() + "_" + method.name(), method));
    }
    return functions;
  }
}

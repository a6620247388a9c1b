package dev.assay.chain.subtensor;

import dev.assay.chain.extrinsic.ChainEvent;
import dev.assay.chain.extrinsic.Events;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.RuntimeApi;
import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Header;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.NodeRuntime;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A chain as it is after one block. All reads are of that block, so that two of them cannot
 * disagree. Amounts are in rao, 10⁹ of which are one TAO. Safe for concurrent use.
 *
 * <p>Reads fail with an {@link dev.assay.chain.rpc.RpcUnreachableException} or {@link
 * dev.assay.chain.rpc.RpcErrorException} where the node cannot answer, a {@link ScaleException} or
 * {@link ShapeException} where what it answers is not what its metadata says, and a {@link
 * dev.assay.chain.metadata.MissingItemException} where the runtime lacks what is asked.
 */
public final class BlockView {
  private final Node node;
  private final Runtimes runtimes;
  private final Hash hash;
  private final Header header;
  private final NodeRuntime runtime;

  BlockView(Node node, Runtimes runtimes, Hash hash) {
    this.node = node;
    this.runtimes = runtimes;
    this.hash = hash;
    Map.Entry<Header, RuntimeVersion> known = node.headerAndVersion(hash);
    this.header = known.getKey();
    this.runtime = runtimes.after(hash, known.getValue());
  }

  /** The block's height. */
  public long number() {
    return header.number();
  }

  /** The block's hash. */
  public Hash hash() {
    return hash;
  }

  /** The hash of the block before. */
  public Hash parent() {
    return header.parent();
  }

  /** The runtime that the next block is executed with. */
  public RuntimeVersion runtimeVersion() {
    return runtime.version();
  }

  /** What that runtime says about itself. */
  public Metadata metadata() {
    return runtime.metadata();
  }

  /** A subnet's members. */
  public Metagraph metagraph(int netuid) {
    return MetagraphQuery.read(this, netuid);
  }

  /** A subnet's members with the figures of one of its mechanisms. */
  public Metagraph metagraph(int netuid, int mechanism) {
    return MetagraphQuery.read(this, netuid, mechanism);
  }

  /** What a subnet's hotkeys have committed; one that cannot be read says why. */
  public List<Commitment> commitments(int netuid) {
    return CommitmentsQuery.read(this, netuid);
  }

  /** What one hotkey has committed in a subnet, if anything. */
  public Optional<Commitment> commitment(int netuid, AccountId hotkey) {
    return CommitmentsQuery.read(this, netuid, hotkey);
  }

  /** What a subnet's hotkeys committed under a timelock and the chain has opened since. */
  public List<RevealedCommitment> revealedCommitments(int netuid) {
    return CommitmentsQuery.readRevealed(this, netuid);
  }

  /** A subnet's weights by the UID that set them. */
  public Map<Integer, List<Weight>> weights(int netuid) {
    return weights(netuid, 0);
  }

  /** A mechanism's weights by the UID that set them. */
  public Map<Integer, List<Weight>> weights(int netuid, int mechanism) {
    return WeightsQuery.read(this, "Weights", netuid, mechanism);
  }

  /** A mechanism's weights that one UID has set; none where it has set none. */
  public List<Weight> weightsOf(int netuid, int mechanism, int uid) {
    return WeightsQuery.read(this, "Weights", netuid, mechanism, uid);
  }

  /** A mechanism's bonds that one UID holds; none where it holds none. */
  public List<Weight> bondsOf(int netuid, int mechanism, int uid) {
    return WeightsQuery.read(this, "Bonds", netuid, mechanism, uid);
  }

  /** A subnet's bonds by the UID that holds them. */
  public Map<Integer, List<Weight>> bonds(int netuid) {
    return bonds(netuid, 0);
  }

  /** A mechanism's bonds by the UID that holds them. */
  public Map<Integer, List<Weight>> bonds(int netuid, int mechanism) {
    return WeightsQuery.read(this, "Bonds", netuid, mechanism);
  }

  /** A subnet's hyperparameters. */
  public Hyperparameters hyperparameters(int netuid) {
    return HyperparametersQuery.read(this, netuid);
  }

  /** Whether there is a subnet of that number. */
  public boolean hasSubnet(int netuid) {
    return storage("SubtensorModule", "NetworksAdded", Value.of(netuid))
        .map(Value::asBoolean)
        .orElse(false);
  }

  /** The hotkeys that hold a subnet's UIDs. */
  public Map<Integer, AccountId> hotkeys(int netuid) {
    Map<Integer, AccountId> hotkeys = new TreeMap<>();
    for (StorageItem key : entries("SubtensorModule", "Keys", Value.of(netuid))) {
      hotkeys.put(key.key(1).asInt(), AccountId.of(key.value().asBytes()));
    }
    return hotkeys;
  }

  /** The consensus that a subnet's last epoch found, by UID, of 65535. */
  public List<Long> consensus(int netuid) {
    long[] stored =
        storage("SubtensorModule", "Consensus", Value.of(netuid)).orElseThrow().asLongs();
    return Arrays.stream(stored).boxed().toList();
  }

  /** The block of a subnet's last epoch; 0 where it has run none. */
  public long lastEpoch(int netuid) {
    return storage("SubtensorModule", "LastMechansimStepBlock", Value.of(netuid))
        .orElseThrow()
        .asLong();
  }

  /** Whether the runtime takes weights that it reveals by itself. */
  public boolean hasTimelocks() {
    return metadata().hasCall("SubtensorModule", "commit_timelocked_weights");
  }

  /** Whether a subnet's weights are committed first and revealed later. */
  public boolean commitRevealEnabled(int netuid) {
    return storage("SubtensorModule", "CommitRevealWeightsEnabled", Value.of(netuid))
        .map(Value::asBoolean)
        .orElse(false);
  }

  /**
   * What a mechanism's next epoch reads, as it stands after this block.
   *
   * @throws IllegalArgumentException if the subnet runs no epochs
   */
  public NextEpoch nextEpoch(int netuid, int mechanism) {
    return NextEpochQuery.read(this, netuid, mechanism);
  }

  /** What a coldkey says about itself, if anything. */
  public Optional<Identity> identity(AccountId coldkey) {
    return storage("SubtensorModule", "IdentitiesV2", Value.of(coldkey.bytes())).map(Identity::of);
  }

  /** What a subnet's owner says about it, if anything. */
  public Optional<Identity> subnetIdentity(int netuid) {
    return storage("SubtensorModule", "SubnetIdentitiesV3", Value.of(netuid)).map(Identity::of);
  }

  /** What an account holds; nothing where the chain does not know it. */
  public Balance balance(AccountId account) {
    return Balance.of(storage("System", "Account", Value.of(account.bytes())).orElseThrow());
  }

  /** What a registration on a subnet costs now, in rao. */
  public long registrationPrice(int netuid) {
    return storage("SubtensorModule", "Burn", Value.of(netuid)).orElseThrow().asLong();
  }

  /** The price of one of a subnet's alpha, in rao. */
  public long alphaPrice(int netuid) {
    return runtimeCall("SwapRuntimeApi", "current_alpha_price", Value.of(netuid)).asLong();
  }

  /** What a coldkey has at stake on a hotkey in a subnet, in rao of the subnet's alpha. */
  public long stake(AccountId hotkey, AccountId coldkey, int netuid) {
    Value found =
        runtimeCall(
            "StakeInfoRuntimeApi",
            "get_stake_info_for_hotkey_coldkey_netuid",
            Value.of(hotkey.bytes()),
            Value.of(coldkey.bytes()),
            Value.of(netuid));
    return found.asOptional().map(stake -> stake.field("stake").asLong()).orElse(0L);
  }

  /** How many extrinsics of an account are in blocks up to this one. */
  public long nonce(AccountId account) {
    return storage("System", "Account", Value.of(account.bytes()))
        .map(info -> info.field("nonce").asLong())
        .orElse(0L);
  }

  /** The events of this block. */
  public List<ChainEvent> events() {
    return Events.of(hash, node, runtimes);
  }

  /** The value of a storage item under a full key; its default where the key is absent. */
  public Optional<Value> storage(String pallet, String item, Value... keys) {
    List<Value> parts = List.of(keys);
    if (parts.size() != metadata().pallet(pallet).entry(item).hashers().size()) {
      throw new ShapeException(
          "%s.%s needs a key of %d parts, not %d"
              .formatted(
                  pallet,
                  item,
                  metadata().pallet(pallet).entry(item).hashers().size(),
                  parts.size()));
    }
    byte[] key = metadata().storageKey(pallet, item, parts);
    return metadata().storageValue(pallet, item, node.storage(key, hash));
  }

  /** All entries of a storage map whose keys begin with these parts. */
  public List<StorageItem> entries(String pallet, String item, Value... keys) {
    List<StorageItem> items = new ArrayList<>();
    rawEntries(pallet, item, keys)
        .forEach(
            (key, bytes) ->
                items.add(
                    new StorageItem(
                        metadata()
                            .keyParts(pallet, item, HexFormat.of().parseHex(key, 2, key.length())),
                        metadata().storageValue(pallet, item, Optional.of(bytes)).orElseThrow())));
    return items;
  }

  /** A constant of the runtime. */
  public Value constant(String pallet, String name) {
    return metadata().constant(pallet, name);
  }

  /** The result of a runtime API's method. */
  public Value runtimeCall(String api, String method, Value... arguments) {
    RuntimeApi.Method declared = metadata().method(api, method);
    if (declared.inputs().size() != arguments.length) {
      throw new ShapeException(
          "%s_%s takes %d arguments, not %d"
              .formatted(api, method, declared.inputs().size(), arguments.length));
    }
    ScaleWriter writer = new ScaleWriter();
    for (int i = 0; i < arguments.length; i++) {
      metadata().types().encode(declared.inputs().get(i), arguments[i], writer);
    }
    byte[] result = node.runtimeCall(api + "_" + method, writer.toByteArray(), hash);
    return metadata().types().decode(declared.output(), result);
  }

  @Override
  public String toString() {
    return "block " + number() + " (" + hash + ")";
  }

  /** The chain after the block before. */
  BlockView before() {
    return new BlockView(node, runtimes, parent());
  }

  /** The undecoded entries of a storage map, by key as {@code 0x} and digits. */
  Map<String, byte[]> rawEntries(String pallet, String item, Value... keys) {
    byte[] prefix = metadata().storageKey(pallet, item, Arrays.asList(keys));
    return StoragePages.read(prefix, node, hash);
  }
}

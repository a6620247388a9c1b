package dev.assay.jobs.submit;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chain with one subnet, a validator with a permit and three miners; it makes blocks on demand.
 */
final class ValidatorsChain implements AutoCloseable {
  /** Weights can be set at any time, and are not hidden. */
  static final int PLAIN = 1;

  /** Weights can be set every 20 blocks. */
  static final int SLOW = 2;

  /** Weights are committed encrypted. */
  static final int HIDDEN = 3;

  /** Nobody has ever set weights. */
  static final int FRESH = 4;

  /** As the one before, for a test of its own. */
  static final int UNTOUCHED = 5;

  /** Whoever joins takes somebody's uid. */
  static final int FULL = 6;

  private static final int LAST = FULL;

  /** Blocks of an epoch of every subnet. */
  static final int TEMPO = 20;

  private static final long FIRST_BLOCK = 1_767_225_600_000L;
  private static final long TAO = 1_000_000_000L;

  /** Each takes 2,048 rounds of hashing to derive. */
  private static final Map<String, Keypair> KEYS = new ConcurrentHashMap<>();

  final Keypair validator = key("//Validator");
  private final Keypair alice = key("//Alice");
  private final ChainNode node;
  private final RpcClient rpc;
  private final Subtensor chain;

  private ValidatorsChain(ChainNode node) {
    this.node = node;
    this.rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
    this.chain =
        Subtensor.connect(
            List.of(node.http()),
            ConnectOptions.DEFAULT.withPatience(
                new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false)));
  }

  /** A development account's key. */
  static Keypair key(String uri) {
    return KEYS.computeIfAbsent(uri, Keypair::fromUri);
  }

  static ValidatorsChain start() throws Exception {
    return start(FIRST_BLOCK);
  }

  /** A chain with a genesis of its own. */
  static ValidatorsChain startAnother() throws Exception {
    return start(FIRST_BLOCK + 1_000);
  }

  private static ValidatorsChain start(long firstBlockMillis) throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            firstBlockMillis,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(
                SubnetGenesis.of(PLAIN),
                SubnetGenesis.of(SLOW).withWeightsRateLimit(20),
                SubnetGenesis.of(HIDDEN).withCommitReveal(),
                SubnetGenesis.of(FRESH),
                SubnetGenesis.of(UNTOUCHED),
                SubnetGenesis.of(FULL).withMaxUids(4)));
    ValidatorsChain started = new ValidatorsChain(ChainNode.start(genesis, Sealing.INSTANT, 0));
    started.enrol();
    return started;
  }

  private void enrol() {
    for (int netuid = PLAIN; netuid <= LAST; netuid++) {
      for (String name : List.of("//Validator", "//M1", "//M2", "//M3")) {
        done(Calls.burnedRegister(netuid, key(name).account()), alice);
      }
      done(Calls.addStake(validator.account(), netuid, 1000 * TAO), alice);
    }
    for (int netuid = PLAIN; netuid <= LAST; netuid++) {
      while (!neuron(netuid).validatorPermit()) {
        seal(1);
      }
    }
  }

  /** Submits a call and insists on its success. */
  long done(Call call, Keypair signer) {
    Outcome outcome = chain.submit(call, signer);
    if (outcome instanceof Outcome.Included included) {
      return included.number();
    }
    throw new IllegalStateException(call + ": " + outcome);
  }

  /** Makes empty blocks. */
  void seal(int blocks) {
    for (int i = 0; i < blocks; i++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  /** How often the validator has set weights in a subnet since a block, by the chain's events. */
  int weightsSet(int netuid, long since) {
    int uid = neuron(netuid).uid();
    int count = 0;
    for (long number = since + 1; number <= head().number(); number++) {
      count +=
          (int)
              chain.at(number).events().stream()
                  .filter(event -> event.name().equals("WeightsSet"))
                  .filter(event -> event.fields().at(0).asInt() == netuid)
                  .filter(event -> event.fields().at(1).asInt() == uid)
                  .count();
    }
    return count;
  }

  /** Registers a hotkey in a full subnet; the uid that it took. */
  int replace(int netuid, String name) {
    done(Calls.burnedRegister(netuid, key(name).account()), alice);
    return head().metagraph(netuid).neuron(key(name).account()).orElseThrow().uid();
  }

  /** Makes the subnet ask for another version of weights. */
  void askForVersion(int netuid, long key) {
    Call call =
        Call.of("AdminUtils", "sudo_set_weights_version_key")
            .with("netuid", netuid)
            .with("weights_version_key", key);
    done(call, alice);
  }

  URI address() {
    return node.http();
  }

  /** The hash of block 0. */
  String genesis() {
    return chain.genesisHash().toString();
  }

  BlockView head() {
    return chain.at(chain.bestHead());
  }

  /** The validator's place in a subnet. */
  Neuron neuron(int netuid) {
    return head().metagraph(netuid).neuron(validator.account()).orElseThrow();
  }

  /** How often the validator's weights changed in a subnet after a block. */
  int changes(int netuid, long after) {
    Set<Long> updates = new HashSet<>();
    for (long number = after + 1; number <= head().number(); number++) {
      updates.add(
          chain
              .at(number)
              .metagraph(netuid)
              .neuron(validator.account())
              .orElseThrow()
              .lastUpdate());
    }
    updates.removeIf(block -> block <= after);
    return updates.size();
  }

  /** A hotkey's uid, the same in all subnets. */
  int uid(String name) {
    return head().metagraph(PLAIN).neuron(key(name).account()).orElseThrow().uid();
  }

  /** The validator's weights in a subnet, as everybody sees them. */
  List<Weight> weights(int netuid) {
    return head().weights(netuid).getOrDefault(neuron(netuid).uid(), List.of());
  }

  /** The validator's weights in the plain subnet. */
  List<Weight> weights() {
    return weights(PLAIN);
  }

  /** The beacon that the chain reveals by. */
  DrandChain beacon() {
    return node.chain().beacon().timetable();
  }

  @Override
  public void close() {
    chain.close();
    rpc.close();
    node.close();
  }
}

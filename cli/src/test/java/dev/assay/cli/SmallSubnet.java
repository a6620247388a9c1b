package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A local chain with one subnet of validators and miners, which makes blocks on demand. */
final class SmallSubnet implements AutoCloseable {
  static final int NETUID = 1;
  static final int TEMPO = 20;

  private static final long TAO = 1_000_000_000L;
  private static final Keypair ALICE = Keypair.fromUri("//Alice");

  private final ChainNode node;
  private final RpcClient rpc;
  private final Subtensor chain;

  private SmallSubnet(ChainNode node) {
    this.node = node;
    rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
    chain =
        Subtensor.connect(
            List.of(node.http()),
            ConnectOptions.DEFAULT.withPatience(
                new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false)));
  }

  /**
   * Starts one whose validators have the first UIDs and a permit.
   *
   * @param stakes of the validators //V0, //V1 and so on, in TAO
   * @param miners how many follow, without stake
   */
  static SmallSubnet start(List<Integer> stakes, int miners) throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(NETUID).withTempo(TEMPO)));
    SmallSubnet subnet = new SmallSubnet(ChainNode.start(genesis, Sealing.INSTANT, 0));
    for (int uid = 0; uid < stakes.size() + miners; uid++) {
      subnet.done(Calls.burnedRegister(NETUID, key(uid).account()), ALICE);
    }
    for (int uid = 0; uid < stakes.size(); uid++) {
      subnet.done(Calls.addStake(key(uid).account(), NETUID, stakes.get(uid) * TAO), ALICE);
    }
    int last = stakes.size() - 1;
    while (!subnet.head().metagraph(NETUID).neurons().get(last).validatorPermit()) {
      subnet.seal(1);
    }
    return subnet;
  }

  /** The hotkey of a uid. */
  static Keypair key(int uid) {
    return Keypair.fromUri("//V" + uid);
  }

  URI address() {
    return node.http();
  }

  BlockView head() {
    return chain.at(chain.bestHead());
  }

  String blockHash(long number) {
    return chain.blockHash(number).toString();
  }

  void seal(int blocks) {
    for (int i = 0; i < blocks; i++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  void setWeights(int validator, Map<Integer, Integer> weights) {
    List<Weight> row = new ArrayList<>();
    weights.forEach((uid, weight) -> row.add(new Weight(uid, weight)));
    done(Calls.setWeights(NETUID, row, 0), key(validator));
  }

  /** A vector of the last epoch's, by uid. */
  List<Long> stored(String item) {
    return Arrays.stream(
            head().storage("SubtensorModule", item, Value.of(NETUID)).orElseThrow().asLongs())
        .boxed()
        .toList();
  }

  /** The output of a command line that succeeds. */
  static String run(String... words) {
    StringWriter out = new StringWriter();
    int exit = Main.commandLine().setOut(new PrintWriter(out)).execute(words);
    assertThat(exit).isZero();
    return out.toString();
  }

  /** A configuration that names an endpoint. */
  static String configuration(Path folder, URI endpoint) throws Exception {
    return Files.writeString(
            folder.resolve("assay.yaml"),
            "chain: {endpoints: [\"%s\"], netuid: %d}%n".formatted(endpoint, NETUID))
        .toString();
  }

  void done(Call call, Keypair signer) {
    assertThat(chain.submit(call, signer)).isInstanceOf(Outcome.Included.class);
  }

  @Override
  public void close() {
    chain.close();
    rpc.close();
    node.close();
  }
}

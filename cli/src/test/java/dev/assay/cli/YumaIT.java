package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.assay.chain.subtensor.ConnectOptions;
import dev.assay.chain.subtensor.NextEpoch;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.yuma.EpochTerms;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.Yuma;
import dev.assay.localnet.chain.ChainNode;
import dev.assay.localnet.chain.DevelopmentAccounts;
import dev.assay.localnet.chain.Genesis;
import dev.assay.localnet.chain.Sealing;
import dev.assay.localnet.chain.SubnetGenesis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code assay yuma} foretells is what the chain then decides, bit for bit. */
class YumaIT {
  private static final int NETUID = 1;
  private static final int TEMPO = 20;
  private static final long TAO = 1_000_000_000L;
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final Keypair LARGE = Keypair.fromUri("//Large");
  private static final Keypair SMALL = Keypair.fromUri("//Small");

  private static ChainNode node;
  private static RpcClient rpc;
  private static Subtensor chain;

  @TempDir private Path folder;

  @BeforeAll
  static void enrol() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(NETUID).withTempo(TEMPO)));
    node = ChainNode.start(genesis, Sealing.INSTANT, 0);
    rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
    chain =
        Subtensor.connect(
            List.of(node.http()),
            ConnectOptions.DEFAULT.withPatience(
                new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false)));
    for (String name : List.of("//Large", "//Small", "//M1", "//M2", "//M3")) {
      done(Calls.burnedRegister(NETUID, Keypair.fromUri(name).account()), ALICE);
    }
    done(Calls.addStake(LARGE.account(), NETUID, 1000 * TAO), ALICE);
    done(Calls.addStake(SMALL.account(), NETUID, 333 * TAO), ALICE);
    while (!head().metagraph(NETUID).neurons().get(1).validatorPermit()) {
      seal(1);
    }
    done(setWeights(2, 40_000, 3, 20_000), LARGE);
    done(setWeights(2, 10_000, 4, 65_535), SMALL);
    seal(2 * TEMPO);
  }

  @AfterAll
  static void stop() {
    chain.close();
    rpc.close();
    node.close();
  }

  @Test
  void theBlockBeforeAnEpochForetellsItBitForBit() {
    List<EpochTerms> foretold = Yuma.epoch(beforeEpoch().input());
    seal(1);
    assertDecided(foretold);
  }

  @Test
  void changedWeightsHaveTheEffectThatWasForetold() throws Exception {
    sealUntilBlocksAreLeft(TEMPO / 2);
    long asked = head().number();
    JsonNode report = yuma("{\"3\": 1, \"2\": 2}", asked);
    done(setWeights(2, 65_535, 3, 32_768), SMALL);
    beforeEpoch();
    seal(1);

    assertThat(report.get("epoch_block").asLong()).isEqualTo(head().number());
    assertThat(column(report, "after", "consensus")).isEqualTo(stored("Consensus"));
    assertThat(column(report, "after", "incentive")).isEqualTo(stored("Incentive"));
    assertThat(column(report, "after", "dividends")).isEqualTo(stored("Dividends"));
    assertThat(column(report, "after", "validator_trust")).isEqualTo(stored("ValidatorTrust"));
    assertThat(column(report, "before", "incentive")).isNotEqualTo(stored("Incentive"));
    JsonNode kept = report.get("changed").get(0).get("after");
    assertThat(kept).hasSize(2);
    assertThat(kept.get(0).get("weight").asInt()).isBetween(43_689, 43_690);

    done(setWeights(2, 10_000, 4, 65_535), SMALL);
  }

  @Test
  void aTableShowsBeforeAndAfter() throws Exception {
    Path weights = Files.writeString(folder.resolve("w.json"), "{\"4\": 1}");
    String table =
        run(
            "yuma",
            "--config",
            configuration(),
            "--validator",
            LARGE.account().ss58(),
            "--weights",
            weights.toString());
    assertThat(table)
        .contains("alpha to share out", "consensus", "incentive", "after")
        .contains("weights of uid 0, and what consensus leaves of them");
  }

  private JsonNode yuma(String weights, long block) throws Exception {
    Path file = Files.writeString(folder.resolve("weights.json"), weights);
    return new ObjectMapper()
        .readTree(
            run(
                "yuma",
                "--config",
                configuration(),
                "--at",
                String.valueOf(block),
                "--validator",
                "1",
                "--weights",
                file.toString(),
                "--json"));
  }

  private String configuration() throws Exception {
    return Files.writeString(
            folder.resolve("assay.yaml"),
            "chain: {endpoints: [\"%s\"], netuid: %d}%n".formatted(node.http(), NETUID))
        .toString();
  }

  private static String run(String... words) {
    StringWriter out = new StringWriter();
    int exit = new CommandLine(new Assay()).setOut(new PrintWriter(out)).execute(words);
    assertThat(exit).isZero();
    return out.toString();
  }

  private static void assertDecided(List<EpochTerms> terms) {
    assertThat(stored("Consensus")).isEqualTo(column(terms, EpochTerms::consensus));
    assertThat(stored("Incentive")).isEqualTo(column(terms, EpochTerms::incentive));
    assertThat(stored("Dividends")).isEqualTo(column(terms, EpochTerms::dividends));
    assertThat(stored("ValidatorTrust")).isEqualTo(column(terms, EpochTerms::validatorTrust));
    assertThat(stored("StakeWeight")).isEqualTo(column(terms, EpochTerms::stakeWeight));
    assertThat(stored("Emission")).isEqualTo(column(terms, EpochTerms::emission));
    assertThat(stored("Incentive")).contains(terms.get(2).incentive() * 1L);
    Map<Integer, List<Weight>> bonds = head().bonds(NETUID);
    for (int uid = 0; uid < terms.size(); uid++) {
      assertThat(bonds.getOrDefault(uid, List.of()))
          .isEqualTo(terms.get(uid).bonds().stream().map(YumaIT::weight).toList());
    }
    assertThat(bonds.get(0)).isNotEmpty();
  }

  private static Weight weight(UidValue cell) {
    return new Weight(cell.uid(), cell.value());
  }

  private static List<Long> column(List<EpochTerms> terms, ToLongFunction<EpochTerms> part) {
    return terms.stream().map(part::applyAsLong).toList();
  }

  private static List<Long> column(JsonNode report, String when, String name) {
    return report.get("neurons").findValues(when).stream()
        .map(terms -> terms.get(name).asLong())
        .toList();
  }

  private static List<Long> stored(String item) {
    return Arrays.stream(
            head().storage("SubtensorModule", item, Value.of(NETUID)).orElseThrow().asLongs())
        .boxed()
        .toList();
  }

  /** The epoch that the next block runs. */
  private static NextEpoch beforeEpoch() {
    return sealUntilBlocksAreLeft(1);
  }

  private static NextEpoch sealUntilBlocksAreLeft(int blocks) {
    NextEpoch epoch = head().nextEpoch(NETUID, 0);
    long left = epoch.input().block() - epoch.block();
    seal(Math.floorMod(left - blocks, TEMPO));
    return head().nextEpoch(NETUID, 0);
  }

  private static Call setWeights(int uid, int weight, int otherUid, int otherWeight) {
    return Calls.setWeights(
        NETUID, List.of(new Weight(uid, weight), new Weight(otherUid, otherWeight)), 0);
  }

  private static void done(Call call, Keypair signer) {
    Outcome outcome = chain.submit(call, signer);
    assertThat(outcome).isInstanceOf(Outcome.Included.class);
  }

  private static void seal(int blocks) {
    for (int i = 0; i < blocks; i++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  private static BlockView head() {
    return chain.at(chain.bestHead());
  }
}

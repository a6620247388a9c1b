package dev.assay.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.node.Node;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.spark.LocalSpark;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A subnet of two miners: they register in block 1 or 2 and commit in the next one. */
class BittensorSourceTest {
  private static final int NETUID = 1;
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final Keypair BOB = Keypair.fromUri("//Bob");
  private static final int BLOCKS = 5;

  private static ChainNode node;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    node = node(Sealing.MANUAL);
    try (RpcClient rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
        Subtensor chain = Subtensor.connect(List.of(node.http()))) {
      for (Keypair miner : List.of(ALICE, BOB)) {
        send(rpc, chain, Calls.burnedRegister(NETUID, miner.account()), miner);
        rpc.call("engine_createBlock", true, true);
        byte[] text = miner.account().ss58().getBytes(StandardCharsets.UTF_8);
        send(rpc, chain, Calls.setCommitment(NETUID, text), miner);
        rpc.call("engine_createBlock", true, true);
      }
      rpc.call("engine_createBlock", true, true);
    }
    spark = LocalSpark.start();
  }

  private static ChainNode node(Sealing sealing) throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(NETUID).withTempo(10)));
    return ChainNode.start(genesis, sealing, 0);
  }

  private static void send(RpcClient rpc, Subtensor chain, Call call, Keypair signer) {
    new Node(rpc).submit(chain.sign(call, signer).bytes().asBytes());
  }

  @AfterAll
  static void stop() {
    spark.stop();
    node.close();
  }

  private static DataFrameReader subnet() {
    return subnet(node);
  }

  private static DataFrameReader subnet(ChainNode of) {
    return spark
        .read()
        .format("bittensor")
        .option("endpoint", of.http().toString())
        .option("netuid", NETUID);
  }

  private static List<String> texts(Dataset<Row> rows, String column) {
    return rows.select(column).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void oneBlockIsReadAndTheLastFinalOneWithoutAnOption() {
    assertThat(subnet().option("block", 1).load("metagraph").count()).isEqualTo(1);
    Dataset<Row> metagraph = subnet().load("metagraph");
    assertThat(texts(metagraph, "hotkey"))
        .containsExactly(ALICE.account().ss58(), BOB.account().ss58());
    assertThat(texts(metagraph, "block")).containsOnly(Integer.toString(BLOCKS));
    assertThat(texts(metagraph, "stake")).hasSize(2);
  }

  @Test
  void aRangeIsReadInPartsOfSeveralBlocks() {
    Dataset<Row> commitments =
        subnet()
            .option("from_block", 1)
            .option("to_block", BLOCKS)
            .option("every", 2)
            .option("blocks_per_partition", 2)
            .load("commitments");

    assertThat(commitments.javaRDD().getNumPartitions()).isEqualTo(2);
    // Of blocks 1, 3 and 5.
    assertThat(texts(commitments, "block")).containsExactly("3", "5", "5");
  }

  @Test
  void aHotkeyOrUidIsAllThatIsReadOfCommitments() {
    Dataset<Row> commitments = subnet().load("commitments");
    Dataset<Row> ofBob = commitments.where("hotkey = '" + BOB.account().ss58() + "'");

    assertThat(texts(ofBob, "text")).containsExactly(BOB.account().ss58());
    assertThat(ofBob.queryExecution().executedPlan().toString())
        .contains("hotkey " + BOB.account().ss58() + " alone");
    assertThat(texts(commitments.where("uid IN (1, 9)"), "text"))
        .containsExactly(BOB.account().ss58());
    assertThat(commitments.where("uid = 1").collectAsList())
        .isEqualTo(
            commitments.collectAsList().stream()
                .filter(row -> row.<Integer>getAs("uid") == 1)
                .toList());
    assertThat(commitments.where("hotkey = 'nobody'").count()).isZero();
  }

  @Test
  void onlyWantedColumnsAreBuilt() {
    Dataset<Row> uids = subnet().load("metagraph").select("uid");

    assertThat(uids.queryExecution().executedPlan().output().length()).isEqualTo(1);
    assertThat(uids.as(Encoders.INT()).collectAsList()).containsExactly(0, 1);
    assertThat(subnet().load("metagraph").count()).isEqualTo(2);
  }

  @Test
  void weightsAndBondsThatNobodyHasSetAreNone() {
    assertThat(subnet().load("weights").count()).isZero();
    assertThat(subnet().load("bonds").where("validator_uid = 0").count()).isZero();
  }

  /** Two validators and a miner, of whom the validators weigh one another and the miner. */
  @Test
  void aValidatorUidIsAllThatIsReadOfWeightsAndBonds() throws Exception {
    Keypair other = Keypair.fromUri("//Charlie");
    ConnectOptions quick =
        ConnectOptions.DEFAULT.withPatience(
            new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false));
    try (ChainNode weighed = node(Sealing.INSTANT);
        RpcClient rpc = new HttpRpcClient(weighed.http(), RpcLimits.DEFAULT);
        Subtensor chain = Subtensor.connect(List.of(weighed.http()), quick)) {
      for (Keypair key : List.of(ALICE, other, BOB)) {
        done(chain, Calls.burnedRegister(NETUID, key.account()), ALICE);
      }
      for (Keypair validator : List.of(ALICE, other)) {
        done(chain, Calls.addStake(validator.account(), NETUID, 1_000_000_000_000L), ALICE);
      }
      epoch(rpc);
      done(chain, Calls.setWeights(NETUID, List.of(weight(1, 500), weight(2, 1_000)), 0), ALICE);
      done(chain, Calls.setWeights(NETUID, List.of(weight(2, 7)), 0), other);
      epoch(rpc);

      Dataset<Row> weights = subnet(weighed).load("weights");
      assertThat(cells(weights, "weight")).containsExactly("0 1 32768", "0 2 65535", "1 2 65535");
      assertThat(cells(weights.where("validator_uid = 1"), "weight")).containsExactly("1 2 65535");
      assertThat(cells(weights.where("validator_uid IN (0, 9)"), "weight"))
          .containsExactly("0 1 32768", "0 2 65535");
      assertThat(weights.where("validator_uid = 1").queryExecution().executedPlan().toString())
          .contains("validator_uid 1 alone");

      Dataset<Row> bonds = subnet(weighed).load("bonds");
      List<String> all = cells(bonds, "bond");
      assertThat(all).anyMatch(cell -> cell.startsWith("0 2 "));
      assertThat(all).noneMatch(cell -> cell.endsWith(" 0"));
      assertThat(cells(bonds.where("validator_uid = 1"), "bond"))
          .isNotEmpty()
          .isEqualTo(all.stream().filter(cell -> cell.startsWith("1 ")).toList());
      assertThat(bonds.where("validator_uid = 1").queryExecution().executedPlan().toString())
          .contains("validator_uid 1 alone");
    }
  }

  private static void done(Subtensor chain, Call call, Keypair signer) {
    assertThat(chain.submit(call, signer)).isInstanceOf(Outcome.Included.class);
  }

  private static Weight weight(int uid, int value) {
    return new Weight(uid, value);
  }

  /** Its last block, at least. */
  private static void epoch(RpcClient rpc) {
    for (int i = 0; i < 12; i++) {
      rpc.call("engine_createBlock", true, true);
    }
  }

  private static List<String> cells(Dataset<Row> rows, String value) {
    return rows.selectExpr("concat_ws(' ', validator_uid, uid, " + value + ")")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void hyperparametersAreNamesWithValues() {
    Row tempo = subnet().load("hyperparameters").where("name = 'tempo'").first();

    assertThat(tempo.<String>getAs("value")).isEqualTo(Long.toString(tempo.<Long>getAs("number")));
  }

  @Test
  void sqlReadsItAsAView() {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW subnet USING bittensor OPTIONS (endpoint '"
            + node.http()
            + "', netuid "
            + NETUID
            + ", path 'metagraph')");

    assertThat(spark.sql("SELECT count(*) FROM subnet").first().getLong(0)).isEqualTo(2);
  }

  @Test
  void whatMakesNoRangeIsNamed() {
    assertThatThrownBy(() -> subnet().option("to_block", 3).load("metagraph"))
        .hasMessageContaining("needs option(\"from_block\", ...)");
    assertThatThrownBy(() -> subnet().option("block", 3).option("from_block", 3).load("metagraph"))
        .hasMessageContaining("exclude each other");
    assertThatThrownBy(
            () -> subnet().option("from_block", 1).option("to_block", 99).load("metagraph").count())
        .hasMessageContaining("option(\"to_block\", 99) is not final; the last final block is 5");
    assertThatThrownBy(() -> subnet().option("from_block", 9).load("metagraph").count())
        .hasMessageContaining("above the range's end");
    assertThatThrownBy(() -> subnet().option("every", 0).load("metagraph"))
        .hasMessageContaining("must be at least 1");
    assertThatThrownBy(() -> subnet().load("nothing"))
        .hasMessageContaining(
            "a chain has metagraph, commitments, weights, bonds, hyperparameters");
  }

  @Test
  void everyTableAndColumnSaysWhatItHolds() {
    for (String name : List.of("metagraph", "commitments", "weights", "bonds", "hyperparameters")) {
      assertThat(ChainTable.named(name).schema().fields())
          .as(name)
          .allMatch(field -> field.getComment().isDefined());
    }
  }

  @Test
  void partsOfARangeAreItsBlocks() {
    BlockRange range = new BlockRange(10, 100, 7);

    List<Long> blocks =
        range.parts(4).stream()
            .flatMap(
                part ->
                    IntStream.range(0, (int) part.count())
                        .mapToObj(index -> part.first() + index * part.every()))
            .toList();

    assertThat(range.parts(4)).hasSize(4);
    assertThat(blocks)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 12).mapToObj(index -> 10L + 7L * index).toList());
    assertThat(range.toString()).isEqualTo("blocks 10 to 100, every 7th");
  }
}

package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.weights.HashCommit;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that act on several rows of weights at once. */
class BatchWeightsIT {
  private static final int TEMPO = 10;
  private static final Keypair VALIDATOR = key("//validator");
  private static final Keypair BOB = key("//Bob");
  private static final List<Weight> FIRST = List.of(new Weight(1, 65_535));
  private static final List<Weight> SECOND = List.of(new Weight(0, 65_535), new Weight(1, 65_535));

  private TestChain chain;
  private Subtensor client;

  @BeforeEach
  void start() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(TEMPO).withCommitReveal();
    chain = TestChain.start(Sealing.INSTANT, subnet);
    client = chain.client();
    succeed(Calls.burnedRegister(NETUID, VALIDATOR.account()), BOB);
    succeed(Calls.addStake(VALIDATOR.account(), NETUID, 1_000_000_000_000L), BOB);
    succeed(Calls.burnedRegister(NETUID, key("//miner").account()), BOB);
    chain.advance(TEMPO);
  }

  @AfterEach
  void stop() {
    client.close();
    chain.close();
  }

  @Test
  void commitsOfOneBatchAreRevealedInAnother() {
    HashCommit first = commit(FIRST, 1);
    HashCommit second = commit(SECOND, 2);
    succeed(batchCommit(List.of(first.hash()), NETUID), VALIDATOR);
    succeed(batchCommit(List.of(second.hash()), NETUID), VALIDATOR);
    assertThat(names()).contains("WeightsCommitted", "BatchWeightsCompleted");
    assertRefused(batchReveal(List.of(FIRST, SECOND), List.of(1L, 2L)), "Custom error: 17");

    chain.advance(TEMPO);
    assertRefused(batchReveal(List.of(FIRST, FIRST), List.of(1L, 2L)), "Custom error: 16");
    succeed(batchReveal(List.of(FIRST, SECOND), List.of(1L, 2L)), VALIDATOR);

    assertThat(names()).contains("WeightsBatchRevealed");
    assertThat(best().weights(NETUID).get(0)).containsExactlyElementsOf(SECOND);
    assertRefused(batchReveal(List.of(FIRST), List.of(1L)), "Custom error: 16");
  }

  @Test
  void aRowThatFailsLeavesTheOthers() {
    // The threshold of stake is 0, so the pool lets a subnet pass that does not exist.
    int unknown = 77;
    succeed(
        batchCommit(List.of(commit(FIRST, 1).hash(), Hash.of(new byte[32])), NETUID, unknown),
        VALIDATOR);

    assertThat(names())
        .containsSubsequence(
            "WeightsCommitted",
            "BatchCompletedWithErrors",
            "BatchWeightItemFailed",
            "BatchWeightsCompleted");
  }

  @Test
  void listsOfDifferentLengthsDoNotEnterThePool() {
    assertRefused(batchCommit(List.of(), NETUID), "Custom error: 18");
    assertRefused(batchReveal(List.of(FIRST), List.of()), "Custom error: 18");
  }

  private static HashCommit commit(List<Weight> weights, int salt) {
    return new HashCommit(VALIDATOR.account(), NETUID, 0, weights, List.of(salt), 0);
  }

  private static Call batchCommit(List<Hash> hashes, int... netuids) {
    return Call.of("SubtensorModule", "batch_commit_weights")
        .with("netuids", list(netuids))
        .with(
            "commit_hashes",
            Value.of(hashes.stream().map(each -> Value.of(each.bytes())).toList()));
  }

  private static Call batchReveal(List<List<Weight>> rows, List<Long> salts) {
    return Call.of("SubtensorModule", "batch_reveal_weights")
        .with("netuid", NETUID)
        .with("uids_list", rows(rows.stream().map(row -> uids(row)).toList()))
        .with("values_list", rows(rows.stream().map(row -> values(row)).toList()))
        .with("salts_list", rows(salts.stream().map(salt -> new long[] {salt}).toList()))
        .with("version_keys", Value.of(new long[rows.size()]));
  }

  private static long[] uids(List<Weight> row) {
    return row.stream().mapToLong(Weight::uid).toArray();
  }

  private static long[] values(List<Weight> row) {
    return row.stream().mapToLong(Weight::value).toArray();
  }

  private static Value rows(List<long[]> rows) {
    return Value.of(rows.stream().map(Value::of).toList());
  }

  private static Value list(int... numbers) {
    long[] values = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = numbers[i];
    }
    return Value.of(values);
  }

  private List<String> names() {
    return best().events().stream().map(event -> event.name()).toList();
  }

  private BlockView best() {
    return client.at(client.bestHead());
  }

  private void assertRefused(Call call, String words) {
    assertThat(client.submit(call, VALIDATOR))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.words()).contains(words));
  }

  private void succeed(Call call, Keypair signer) {
    Outcome outcome = client.submit(call, signer);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }
}

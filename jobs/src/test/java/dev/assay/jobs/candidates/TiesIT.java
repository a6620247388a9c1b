package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.node.Node;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.CompetitionSettings;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import dev.assay.score.sampling.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Miners whose commitments or registrations share a block of a real chain. */
class TiesIT {
  private static final int NETUID = 1;
  private static final Window WINDOW = Window.containing(5_000, 100);
  private static final Keypair ALICE = Keypair.fromUri("//Alice");

  /** In the order of their addresses, which decides nothing here. */
  private final List<Keypair> miners =
      List.of("//Ada", "//Ben", "//Cem").stream()
          .map(Keypair::fromUri)
          .sorted((one, other) -> address(one).compareTo(address(other)))
          .toList();

  @TempDir private Path folder;
  private ChainNode node;
  private RpcClient rpc;
  private Subtensor chain;

  @BeforeEach
  void start() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(NETUID)));
    node = ChainNode.start(genesis, Sealing.MANUAL, 0);
    rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
    chain = Subtensor.connect(List.of(node.http()));
  }

  @AfterEach
  void stop() {
    chain.close();
    rpc.close();
    node.close();
  }

  private static String address(Keypair key) {
    return key.account().ss58();
  }

  private void send(Call call, Keypair signer) {
    new Node(rpc).submit(chain.sign(call, signer).bytes().asBytes());
  }

  private void seal() {
    rpc.call("engine_createBlock", true, true);
  }

  private void commit(Keypair miner) {
    send(Calls.setCommitment(NETUID, text().getBytes(StandardCharsets.UTF_8)), miner);
  }

  private static String text() {
    return "miners:gloss:" + "ab".repeat(20) + ":" + "A".repeat(43) + "=:b1";
  }

  private void register(Keypair miner) {
    send(Calls.burnedRegister(NETUID, miner.account()), ALICE);
  }

  private void fund(Keypair miner) {
    send(Calls.transferKeepAlive(miner.account(), 1_000_000_000L), ALICE);
  }

  /**
   * What the chain's commitments are under a policy.
   *
   * @param old whether they were made before the hotkeys' last registrations
   */
  private List<Candidate> candidates(String policy, boolean old) throws Exception {
    CompetitionSettings competitions = competitions(policy);
    BlockView head = chain.at(chain.bestHead());
    List<Candidate> candidates = new ArrayList<>();
    head.commitments(NETUID)
        .forEach(
            commitment -> {
              Neuron neuron = head.metagraph(NETUID).neuron(commitment.hotkey()).orElseThrow();
              CommitmentRow row =
                  new CommitmentRow(
                      NETUID,
                      5_000,
                      "0xab",
                      neuron.hotkey().ss58(),
                      neuron.uid(),
                      neuron.blockAtRegistration(),
                      old ? 0 : commitment.block(),
                      HexFormat.of().formatHex(text().getBytes(StandardCharsets.UTF_8)),
                      Optional.of(text()),
                      Optional.of("Raw"));
              candidates.add(Candidate.of(row, competitions, WINDOW));
            });
    return candidates;
  }

  private Map<String, Integer> places(List<Candidate> candidates) {
    return new Ties(chain, NETUID)
        .broken(candidates).stream()
            .filter(candidate -> candidate.place().isPresent())
            .collect(
                Collectors.toMap(
                    candidate -> candidate.commitment().hotkey(),
                    candidate -> candidate.place().getAsInt()));
  }

  private CompetitionSettings competitions(String policy) throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        competition_of_old_commitments: b1
        eras:
          - from_block: 0
            competitions:
              - {id: b1, families: [llama], min_parameters: 0, max_parameters: 5, max_size: 9B,
                 tokenizer: byte, template: plain, sequence_length: 16, samples: 3, dtype: f32,
                 norms: {soft: 1, soft_share: 0, hard: 2}, base: "", reward_share: 1, policy: %s}
        """
            .formatted(policy));
    return AssayConfiguration.load(
            Files.writeString(
                folder.resolve("assay.yaml"), "evaluation: {competitions: own.yaml}\n"),
            Map.of())
        .competitions();
  }

  @Test
  void commitmentsOfOneBlockAreOrderedByTheirExtrinsics() throws Exception {
    for (Keypair miner : miners) {
      register(miner);
      fund(miner);
      seal();
    }
    commit(miners.get(2));
    commit(miners.get(0));
    seal();
    commit(miners.get(1));
    seal();

    Map<String, Integer> places = places(candidates("assay-1", false));

    assertThat(places).containsOnlyKeys(address(miners.get(0)), address(miners.get(2)));
    assertThat(places.get(address(miners.get(2)))).isLessThan(places.get(address(miners.get(0))));
    assertThat(places(candidates("nous-0.2.7", false))).isEmpty();
  }

  @Test
  void whoReturnsWithAnOldCommitmentStandsWhereHeRegistered() throws Exception {
    for (Keypair miner : miners) {
      fund(miner);
      seal();
    }
    register(miners.get(1));
    register(miners.get(0));
    seal();
    register(miners.get(2));
    seal();
    for (Keypair miner : miners) {
      commit(miner);
      seal();
    }

    Map<String, Integer> places = places(candidates("assay-1", true));

    assertThat(places).containsOnlyKeys(address(miners.get(0)), address(miners.get(1)));
    assertThat(places.get(address(miners.get(1)))).isLessThan(places.get(address(miners.get(0))));
  }
}

package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Era;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.extrinsic.SigningTerms;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A subnet with as many members as subnets have, each with a commitment as long as one may be. */
class FullSubnetIT {
  private static final int MEMBERS = 256;

  @Test
  void metagraphAndCommitmentsOf256MembersTakeFiveRequests() throws Exception {
    List<Keypair> hotkeys =
        IntStream.range(0, MEMBERS).mapToObj(i -> Keypair.fromUri("//member/" + i)).toList();
    try (TestChain chain =
            TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID).withMaxUids(MEMBERS));
        CountingProxy proxy = new CountingProxy(chain.node.http());
        Subtensor client = Subtensor.connect(List.of(proxy.address()))) {
      fill(chain, hotkeys);
      long height = client.at(client.bestHead()).number();
      int before = proxy.requests();

      BlockView block = client.at(height);
      Metagraph metagraph = block.metagraph(NETUID);
      List<Commitment> commitments = block.commitments(NETUID);

      assertThat(proxy.requests() - before).isLessThanOrEqualTo(5);
      assertThat(metagraph.neurons())
          .extracting(Neuron::hotkey)
          .containsExactlyElementsOf(hotkeys.stream().map(Keypair::account).toList());
      Map<AccountId, String> contents =
          commitments.stream()
              .collect(
                  Collectors.toMap(
                      Commitment::hotkey,
                      each -> new String(each.content(), StandardCharsets.UTF_8)));
      assertThat(contents).hasSize(MEMBERS);
      for (int i = 0; i < MEMBERS; i++) {
        assertThat(contents.get(hotkeys.get(i).account())).isEqualTo(content(i));
      }
    }
  }

  private static void fill(TestChain chain, List<Keypair> hotkeys) {
    List<String> registrations = new ArrayList<>();
    List<String> commitments = new ArrayList<>();
    try (Subtensor client = chain.client()) {
      BlockView genesis = client.at(0);
      for (int i = 0; i < MEMBERS; i++) {
        Keypair hotkey = hotkeys.get(i);
        byte[] content = content(i).getBytes(StandardCharsets.UTF_8);
        registrations.add(
            signed(genesis, Calls.burnedRegister(NETUID, hotkey.account()), key("//Alice"), i));
        commitments.add(signed(genesis, Calls.setCommitment(NETUID, content), hotkey, 0));
      }
    }
    include(chain, registrations);
    include(chain, commitments);
  }

  /** 128 bytes, as many as a field takes. */
  private static String content(int member) {
    return "namespace-%03d:".formatted(member) + "x".repeat(114);
  }

  private static String signed(BlockView genesis, Call call, Keypair signer, int nonce) {
    SigningTerms terms =
        new SigningTerms(
            genesis.hash(), genesis.runtimeVersion(), new Era(64, 0), genesis.hash(), nonce, 0);
    byte[] bytes = SignedExtrinsic.sign(call, genesis.metadata(), terms, signer).bytes().asBytes();
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static void include(TestChain chain, List<String> extrinsics) {
    for (String extrinsic : extrinsics) {
      chain.result("author_submitExtrinsic", extrinsic);
    }
    JsonNode waiting = chain.result("author_pendingExtrinsics");
    while (!waiting.isEmpty()) {
      chain.advance(1);
      waiting = chain.result("author_pendingExtrinsics");
    }
  }
}

package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a commitment is, by the chain's name for it. */
class CommitmentKindsIT {
  private static final Keypair MINER = key("//miner");
  private static final Value TEXT = Value.variant("Raw3", Value.of(new byte[] {97, 58, 98}));
  private static final Value FLAG = Value.variant("ResetBondsFlag");

  @Test
  void flagsHashesEmptyAndTimelockedCommitmentsAreToldApart() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client()) {
      submit(client, Calls.burnedRegister(NETUID, MINER.account()), key("//Alice"));
      Value timelocked =
          Value.variant("TimelockEncrypted", Value.of(new byte[] {9, 9}), Value.of(99_999_999L));

      assertThat(committed(client, TEXT).kind()).isEqualTo("Raw");
      assertThat(committed(client).kind()).isEqualTo("None");
      assertThat(committed(client, Value.variant("None")).kind()).isEqualTo("None");
      assertThat(committed(client, Value.variant("Raw0", Value.of(new byte[0]))).kind())
          .isEqualTo("Raw");
      assertThat(committed(client, FLAG).kind()).isEqualTo("ResetBondsFlag");
      assertThat(committed(client, Value.variant("Sha256", Value.of(new byte[32]))).kind())
          .isEqualTo("Sha256");
      assertThat(committed(client, timelocked).kind()).isEqualTo("TimelockEncrypted");
      // A model beside a flag is a model.
      assertThat(committed(client, FLAG, TEXT))
          .satisfies(
              both -> {
                assertThat(both.kind()).isEqualTo("Raw");
                assertThat(both.content()).asString().isEqualTo("a:b");
              });
    }
  }

  private static Commitment committed(Subtensor client, Value... fields) {
    Call call =
        Call.of("Commitments", "set_commitment")
            .with("netuid", NETUID)
            .with("info", Value.struct(Map.of("fields", Value.of(List.of(fields)))));
    submit(client, call, MINER);
    return client.at(client.bestHead()).commitments(NETUID).get(0);
  }

  private static void submit(Subtensor client, Call call, Keypair signer) {
    assertThat(client.submit(call, signer).succeeded()).isTrue();
  }
}

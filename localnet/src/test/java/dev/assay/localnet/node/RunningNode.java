package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test a node with one subnet, which seals each extrinsic at once, and a client of it. */
final class RunningNode implements BeforeEachCallback, AfterEachCallback {
  private TestChain chain;
  private Subtensor client;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
    client = chain.client();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    client.close();
    chain.close();
  }

  Outcome submit(Call call, Keypair signer) {
    return client.submit(call, signer);
  }

  void succeed(Call call, Keypair signer) {
    Outcome outcome = submit(call, signer);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }

  BlockView best() {
    return client.at(client.bestHead());
  }
}

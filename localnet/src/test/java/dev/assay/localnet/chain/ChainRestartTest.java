package dev.assay.localnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.chain.runtime.Runtimes;
import dev.assay.localnet.node.TestChain;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainRestartTest {
  private static final Runtimes RUNTIMES = new Runtimes();
  private static final Genesis GENESIS = TestChain.genesis(SubnetGenesis.of(TestChain.NETUID));

  @TempDir private Path directory;

  @Test
  void aKeptChainGoesOnWhereItEnded() throws Exception {
    Block last;
    try (Chain chain = open(GENESIS)) {
      chain.seal();
      last = chain.seal();
    }
    try (Chain chain = open(GENESIS)) {
      assertThat(chain.blocks().best().hash()).isEqualTo(last.hash());
      assertThat(chain.blocks().best().state().root()).isEqualTo(last.state().root());
      assertThat(chain.seal().number()).isEqualTo(3);
    }
  }

  @Test
  void aRuntimeUpgradeIsGoneThroughAgain() throws Exception {
    Genesis upgraded = GENESIS.withUpgradeAt(2);
    Block last;
    try (Chain chain = open(upgraded)) {
      chain.seal();
      chain.seal();
      last = chain.seal();
    }
    try (Chain chain = open(upgraded)) {
      assertThat(chain.blocks().best().hash()).isEqualTo(last.hash());
      assertThat(chain.runtime()).isSameAs(RUNTIMES.upgraded());
    }
    assertThatThrownBy(() -> open(GENESIS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another block of the runtime's upgrade");
  }

  @Test
  void aBlockThatAKillCutShortIsForgotten() throws Exception {
    Block first;
    try (Chain chain = open(GENESIS)) {
      first = chain.seal();
      chain.seal();
    }
    Path log = directory.resolve("chain.log");
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 5);
    }
    try (Chain chain = open(GENESIS)) {
      assertThat(chain.blocks().best().hash()).isEqualTo(first.hash());
    }
  }

  @Test
  void anotherGenesisIsRefused() throws Exception {
    open(GENESIS).close();
    Genesis other = TestChain.genesis(SubnetGenesis.of(7));
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another genesis");
  }

  @Test
  void twoProcessesCannotKeepOneChain() throws Exception {
    try (Chain chain = open(GENESIS)) {
      chain.seal();
      assertThatThrownBy(() -> open(GENESIS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another running localnet");
    }
  }

  private Chain open(Genesis genesis) throws IOException {
    return Chain.keptIn(directory, RUNTIMES, genesis);
  }
}

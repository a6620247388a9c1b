package dev.assay.cli.localnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.demo.BlockClock;
import dev.assay.cli.participants.Participant;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.cli.terminal.Console;
import dev.assay.jobs.feed.EarlierSamples;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayedSubnetIT {
  private static final int TEMPO = 20;

  @TempDir private Path folder;

  @Test
  void askersAndAnswerersAreRegisteredNamedAndWeightedAfterTheEpoch() throws Exception {
    PromptSubnet prompts = PromptSubnet.of(18, 1, 2);
    Console console = Console.standardError();
    try (Localnet localnet = localnet(prompts);
        PlayedSubnet first = PlayedSubnet.start(prompts, localnet, TEMPO, folder, console);
        Subtensor chain = Subtensor.connect(List.of(localnet.chain()), ConnectOptions.DEFAULT);
        RpcClient rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT)) {
      assertThat(first).isNotNull();
      assertThat(now(chain).metagraph(18).neurons())
          .extracting(Neuron::hotkey)
          .containsExactlyInAnyOrderElementsOf(accounts(prompts));

      Set<String> answerers =
          EarlierSamples.of(1, 3, localnet.feed()).stream()
              .map(FeedSample::answerer)
              .map(answerer -> answerer.orElseThrow())
              .collect(Collectors.toSet());
      assertThat(prompts.miners())
          .extracting(miner -> miner.account().ss58())
          .containsAll(answerers);

      BlockClock clock = new BlockClock(rpc);
      clock.advanceTo(clock.head() + 2 * TEMPO + 1);
      long until = System.nanoTime() + 60_000_000_000L;
      while (now(chain).weights(18).size() < 2 && System.nanoTime() < until) {
        Thread.sleep(100);
      }
      assertThat(now(chain).weights(18)).hasSize(2);
      // As a localnet that goes on with a chain it has kept.
      try (PlayedSubnet again = PlayedSubnet.start(prompts, localnet, TEMPO, folder, console)) {
        assertThat(again).isNotNull();
        assertThat(now(chain).metagraph(18).neurons()).hasSize(5);
      }
    }
  }

  private static BlockView now(Subtensor chain) {
    return chain.at(chain.finalizedHead());
  }

  private static List<AccountId> accounts(PromptSubnet prompts) {
    return Stream.concat(prompts.validators().stream(), prompts.miners().stream())
        .map(Participant::account)
        .toList();
  }

  private Localnet localnet(PromptSubnet prompts) throws Exception {
    return Localnet.start(
        new LocalnetOptions(
            folder.resolve("localnet"),
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            6,
            TEMPO,
            Sealing.INSTANT,
            4,
            prompts.samplers(),
            Map.of(),
            LocalnetPorts.ANY,
            false,
            OptionalLong.empty(),
            false));
  }
}

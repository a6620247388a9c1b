package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.localnet.LocalnetConfiguration;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.chain.Commitments;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Revision;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.score.rules.Competition;
import dev.assay.score.sampling.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to a commitment that a validator takes, by commands alone. */
class NewcomerIT {
  private static final int NETUID = 6;
  private static final String TOKEN = "planted-hub-token";

  @TempDir private static Path folder;
  @AutoClose private static Localnet localnet;
  private static List<String> usual;

  @BeforeAll
  static void start() throws Exception {
    localnet =
        Localnet.start(
            new LocalnetOptions(
                folder.resolve("localnet"),
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                NETUID,
                20,
                Sealing.INSTANT,
                1,
                SampleSubnet.withoutMiners(NETUID, List.of(Keypair.fromUri("//Alice"))),
                Map.of("alice", TOKEN, "localnet", "localnet"),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false));
    var tree = LocalnetConfiguration.tree(localnet, NETUID, 4, folder);
    tree.withObject("/chain").put("poll", "20ms");
    tree.putObject("submit").put("wallets", folder.resolve("wallets").toString());
    Path file = Files.writeString(folder.resolve("assay.yaml"), LocalnetConfiguration.yaml(tree));
    usual = List.of("--config", file.toString());
    byte[] tokenizer = tokenizer();
    Initialisation.write(
        folder.resolve("my-model"),
        new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 1, 2, 2, 512),
        1,
        Map.of("tokenizer.json", tokenizer));
  }

  private static byte[] tokenizer() throws Exception {
    Path file = folder.resolve("tokenizer.json");
    ByteTokenizer.write(file);
    return Files.readAllBytes(file);
  }

  private static List<String> words(String line) {
    return List.of(line.replace("my-model", folder.resolve("my-model").toString()).split(" "));
  }

  @Test
  void aStrangerComesFromNothingToACommitmentThatAnEvaluationTakes() throws Exception {
    String said =
        OwnProcess.said(
            Map.of("ASSAY_HUB_TOKEN", TOKEN),
            List.of(
                words("wallet new --wallet stranger --no-password"),
                words("localnet fund --wallet stranger --amount 50"),
                words("register --wallet stranger --yes"),
                words("commit my-model --wallet stranger"),
                words(
                    "publish my-model --repository alice/gloss --competition b1"
                        + " --wallet stranger --figure loss=2.46"),
                words(
                    "publish my-model --repository alice/gloss --competition b1"
                        + " --wallet stranger"),
                words("commit my-model --wallet stranger"),
                words("commit my-model --wallet stranger")),
            usual);

    assertThat(said.lines().filter(line -> line.startsWith("exit ")).toList())
        .as(said)
        .containsExactly(
            "exit 0", "exit 0", "exit 0", "exit 2", "exit 0", "exit 0", "exit 0", "exit 3");
    assertThat(said)
        .contains("nothing was published of")
        .contains("the repository is private")
        .contains("it takes part from window")
        .doesNotContain(TOKEN);
    Wallet wallet = new Wallet(folder.resolve("wallets"), "stranger", "default");
    Candidate candidate = candidate(wallet);
    assertThat(candidate.fault()).isEmpty();
    CommittedModel model = candidate.model().orElseThrow();
    assertThat(
            HubClient.of(localnet.hub()).tree(model.repository(), new Revision(model.revision())))
        .extracting(HubFile::path)
        .contains("config.json", "model.safetensors", "README.md");
    assertThat(Files.readString(folder.resolve("my-model/README.md"))).contains("| loss | 2.46 |");
  }

  /** The commitment as a validator reads it, in the window that commit named. */
  private static Candidate candidate(Wallet wallet) throws Exception {
    AssayConfiguration settings = AssayConfiguration.load(Path.of(usual.get(1)), Map.of());
    CommitmentRow row;
    try (Subtensor chain = Subtensor.connect(List.of(localnet.chain()))) {
      row =
          Commitments.at(chain.at(chain.finalizedHead()), NETUID).stream()
              .filter(each -> each.hotkey().equals(wallet.hotkeyAccount().ss58()))
              .findFirst()
              .orElseThrow();
    }
    Competition competition =
        settings.competitions().schedule().find(row.block(), "b1").orElseThrow();
    Window window =
        Window.firstToAdmit(
            row.committedBlock(), settings.window().blocks(), competition.policy().sampling());
    return Candidate.of(row, settings.competitions(), window);
  }

  @Test
  void aLocalnetIsFilledByCommands() throws Exception {
    CommandRun.of(usual, "localnet", "stake", "--wallet", "carol", "--amount", "500").ending(0);
    CommandRun.of(usual, "localnet", "register", "--wallet", "bob").ending(0);
    CommandRun.of(usual, "localnet", "register", "--wallet", "bob").ending(0);
    CommandRun miners = CommandRun.of(usual, "localnet", "miners", "--count", "2").ending(0);

    assertThat(miners.out()).contains("localnet/miner-1").contains("localnet/miner-2");
    assertThat(CommandRun.of(usual, "commitments").ending(0).out())
        .contains("localnet/miner-1")
        .contains("localnet/miner-2");
    assertThat(CommandRun.of(usual, "metagraph", "--json").ending(0).json().path("neurons").size())
        .isGreaterThanOrEqualTo(4);
  }
}

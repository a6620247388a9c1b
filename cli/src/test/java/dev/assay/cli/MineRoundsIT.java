package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.miner.OnceCommitted;
import dev.assay.miner.Receipt;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.HubException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a miner's rounds come to, and what others see of them. */
@Tag("long")
@Timeout(600)
class MineRoundsIT {
  private static final List<String> TRAINING =
      List.of(
          ("-- --template plain --steps 4 --learning-rate 0.01 --batch-tokens 1024 --threads 1")
              .split(" "));

  @TempDir private Path folder;

  private List<String> mine(Path configuration, Path model, String... more) {
    return mined(configuration, model, "0", "mined", more);
  }

  private List<String> mined(
      Path configuration, Path model, String margin, String work, String... more) {
    return Stream.of(
            Stream.of("mine", "--config", configuration.toString(), "--wallet", "bob"),
            Stream.of("--from", model.toString(), "--repository", "localnet/gloss"),
            Stream.of("--competition", "b1", "--new-samples", "1", "--margin", margin),
            Stream.of("--work", folder.resolve(work).toString()),
            Stream.of(more),
            TRAINING.stream())
        .flatMap(words -> words)
        .toList();
  }

  private static List<String> register(Path configuration) {
    return List.of("localnet", "register", "--wallet", "bob", "--config", configuration.toString());
  }

  private String journal(String work) throws Exception {
    return Files.readString(folder.resolve(work).resolve("journal.jsonl"));
  }

  @Test
  void noRoundIsSeenBeforeItsCommitment() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder)) {
      Path configuration = place.configuration();
      OwnProcess.said(MiningPlace.ENVIRONMENT, List.of(register(configuration)), List.of());
      List<String> line =
          new ArrayList<>(
              List.of(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  System.getProperty("java.class.path"),
                  MineWatch.class.getName(),
                  place.localnet().hub().toString()));
      line.addAll(mine(configuration, place.model(1), "--once"));
      ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.environment().putAll(MiningPlace.ENVIRONMENT);
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(said.lines().map(String::strip))
          .as(said)
          .containsSubsequence(
              "before the commitment:",
              "exit 0: gloss-1",
              "before the commitment: gloss-1",
              "exit 0: gloss-1 gloss-2");
    }
  }

  @Test
  void whatIsNotBetterOrWouldBeRefusedIsNeitherPublishedNorCommitted() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder)) {
      Path rules = folder.resolve("strict.yaml");
      Files.writeString(
          rules,
          Files.readString(Path.of("..", "conf", "competitions-demo.yaml"))
              .replace("max_parameters: 20000000", "max_parameters: 1000"));
      Path usual = place.configuration();
      Path model = place.model(1);
      Path strict =
          place.configuration(
              "strict-assay.yaml",
              tree -> tree.withObject("/evaluation").put("competitions", rules.toString()));

      String said =
          OwnProcess.said(
              MiningPlace.ENVIRONMENT,
              List.of(
                  register(usual),
                  mined(usual, model, "0.9", "mined", "--once"),
                  mined(strict, model, "0", "refused", "--once", "--bundle", bundle().toString())),
              List.of());

      assertThat(said.lines().filter(line -> line.startsWith("exit ")))
          .as(said)
          .containsExactly("exit 0", "exit 3", "exit 1");
      assertThat(journal("mined").lines())
          .last()
          .asString()
          .contains("\"round\":1,\"step\":\"ENDED\"", "\"outcome\":\"NOT_BETTER\"");
      assertThat(journal("refused").lines()).last().asString().contains("\"outcome\":\"REFUSED\"");
      HubClient owner = HubClient.of(place.localnet().hub(), AccessToken.of("localnet"));
      assertThatThrownBy(() -> owner.info(new RepositoryId("localnet", "gloss-1")))
          .isInstanceOf(HubException.NotFound.class);
    }
  }

  private Path bundle() throws Exception {
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    try (InputStream resource = getClass().getResourceAsStream("bundle-07de487.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, bundle.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
    return bundle;
  }

  @Test
  void aLoopOutlastsAFeedThatIsAwayAndAKill() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder);
        FeedThatIsAway feed = new FeedThatIsAway(place.localnet().feed(), 3)) {
      Path configuration =
          place.configuration(
              "assay.yaml",
              tree -> tree.withObject("/feed").put("endpoint", feed.address().toString()));
      Path model = place.model(1);
      String once =
          OwnProcess.said(
              MiningPlace.ENVIRONMENT,
              List.of(register(configuration), mine(configuration, model, "--once")),
              List.of());
      assertThat(once).as("one look alone").contains("exit 75");

      Path said = folder.resolve("said.txt");
      Process loop =
          OwnProcess.begun(
              MiningPlace.ENVIRONMENT, said, mine(configuration, model, "--every", "1"));
      // Recorded before it is done: the kill comes before, while or after the chain takes it.
      while (loop.isAlive() && !journal("mined").contains("\"step\":\"COMMIT\"")) {
        Thread.sleep(10);
      }
      loop.destroyForcibly().waitFor();
      assertThat(loop.exitValue()).as(Files.readString(said)).isEqualTo(128 + 9);
      assertThat(Files.readString(said)).contains("no samples at this look: ", "status 503");

      String again =
          OwnProcess.said(
              MiningPlace.ENVIRONMENT, List.of(mine(configuration, model, "--once")), List.of());

      assertThat(again).contains("going on with round 1", "exit 0");
      requireCommittedOnce(place);
    }
  }

  private void requireCommittedOnce(MiningPlace place) throws Exception {
    try (Subtensor chain = Subtensor.connect(List.of(place.localnet().chain()));
        RpcClient rpc = new HttpRpcClient(place.localnet().chain(), RpcLimits.DEFAULT)) {
      var hotkey = place.wallet("bob").hotkeyAccount();
      Path model = folder.resolve("mined/round-0001/model");
      assertThat(rpc.call("system_accountNextIndex", hotkey.ss58()).asLong())
          .as("what the miner has signed")
          .isEqualTo(1);
      assertThat(
              OnceCommitted.heldAt(
                  chain.at(chain.finalizedHead()),
                  MiningPlace.NETUID,
                  Receipt.of(model).orElseThrow().model(),
                  hotkey))
          .isPresent();
    }
  }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who sees a repository when, and what becomes of a commitment that the chain doesn't take now. */
@Tag("long")
@Timeout(600)
class CommitCommandIT {
  @TempDir private Path folder;

  private static List<String> publish(Path model, String name, String... more) {
    List<String> words = new ArrayList<>(List.of("publish", model.toString(), "--repository"));
    words.addAll(List.of("localnet/" + name, "--competition", "b1"));
    words.addAll(List.of(more));
    return words;
  }

  private static String said(Path configuration, List<List<String>> commands) throws Exception {
    return OwnProcess.said(
        MiningPlace.ENVIRONMENT,
        commands,
        List.of("--wallet", "bob", "--config", configuration.toString()));
  }

  @Test
  void whoSeesARepositoryIsToldAtEachStep() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder)) {
      Path third = place.model(3);
      String said =
          said(
              place.configuration(),
              List.of(
                  List.of("localnet", "register"),
                  publish(place.model(1), "shown", "--public"),
                  publish(place.model(2), "shown"),
                  publish(third, "hidden"),
                  List.of("commit", third.toString(), "--keep-private"),
                  List.of("commit", third.toString())));

      String[] answers = said.split("exit ");
      assertThat(answers).as(said).hasSize(7);
      assertThat(answers[1])
          .contains("the repository is public: run assay commit")
          .doesNotContain("warning:");
      assertThat(answers[2])
          .startsWith("0")
          .contains("warning: localnet/shown is public already, so everybody sees the model");
      assertThat(answers[3])
          .startsWith("0")
          .contains("the repository is private; assay commit shows it")
          .doesNotContain("warning:");
      assertThat(answers[4]).startsWith("0").contains("the repository is private; validators");
      assertThat(answers[5]).startsWith("0").contains("had committed already", "is public");
      assertThat(answers[6]).startsWith("3");
    }
  }

  @Test
  void whatTheChainDoesNotTakeInThisEpochIsTriedAgainUntilItDoes() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder);
        RpcClient rpc = new HttpRpcClient(place.localnet().chain(), RpcLimits.DEFAULT)) {
      Path configuration = place.configuration();
      String model = place.model(1).toString();
      assertThat(
              said(
                  configuration,
                  List.of(
                      List.of("localnet", "register"),
                      publish(Path.of(model), "shown", "--public"))))
          .contains("exit 0");
      fill(place);
      List<String> usual = List.of("--wallet", "bob", "--config", configuration.toString());

      CommandRun limited = CommandRun.of(usual, "commit", model, "--retries", "0").ending(75);
      AtomicBoolean done = new AtomicBoolean();
      Thread blocks = new Thread(() -> seal(rpc, done), "blocks");
      blocks.start();
      try {
        CommandRun patient = CommandRun.of(usual, "commit", model, "--retries", "200").ending(0);
        assertThat(patient.out()).contains("committed in block", "the repository is public");
      } finally {
        done.set(true);
        blocks.join();
      }
      assertThat(limited.err()).contains("the chain limits how often a hotkey commits");
    }
  }

  /** Uses up what the chain takes of the hotkey in an epoch. */
  private void fill(MiningPlace place) throws Exception {
    Keypair hotkey = place.wallet("bob").hotkey(() -> new char[0]);
    try (Subtensor chain = Subtensor.connect(List.of(place.localnet().chain()))) {
      Outcome outcome = null;
      for (int number = 0; number < 100; number++) {
        byte[] content = ("flag " + number).getBytes(StandardCharsets.UTF_8);
        outcome = chain.submit(Calls.setCommitment(MiningPlace.NETUID, content), hotkey);
        if (outcome instanceof Outcome.Failed) {
          return;
        }
      }
      throw new AssertionError("the chain takes everything: " + outcome);
    }
  }

  private static void seal(RpcClient rpc, AtomicBoolean done) {
    while (!done.get()) {
      rpc.call("engine_createBlock", true, true);
    }
  }
}

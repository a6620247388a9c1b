package dev.assay.cli.localnet;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.Reason;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.cli.terminal.Console;
import dev.assay.jobs.feed.EarlierSamples;
import dev.assay.localnet.Localnet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Those who ask and answer on a localnet: registered before anybody looks at the feed, and with
 * weights of the validators after each of the subnet's epochs, as the feed shows the answers.
 */
final class PlayedSubnet implements AutoCloseable {
  private static final ConnectOptions CONNECTION =
      ConnectOptions.DEFAULT.withPatience(
          new Patience(Duration.ofMillis(50), Duration.ofMinutes(1), false));

  private static final long LOOK_MILLISECONDS = 500;
  private static final int CLOSING_SECONDS = 10;

  private final PromptSubnet subnet;
  private final Localnet localnet;
  private final int tempo;
  private final Console console;
  private final Subtensor chain;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(PlayedSubnet::thread);

  /** The last block whose answers have been weighted. */
  private long weighted;

  private PlayedSubnet(
      PromptSubnet subnet, Localnet localnet, int tempo, Console console, Subtensor chain) {
    this.subnet = subnet;
    this.localnet = localnet;
    this.tempo = tempo;
    this.console = console;
    this.chain = chain;
  }

  /**
   * Registers everybody, for which blocks are sealed as they are needed, and goes on in a thread.
   *
   * @param tempo blocks between two epochs
   * @param wallets where their keys are kept
   */
  static PlayedSubnet start(
      PromptSubnet subnet, Localnet localnet, int tempo, Path wallets, Console console) {
    Subtensor chain = Subtensor.connect(List.of(localnet.chain()), CONNECTION);
    PlayedSubnet played = new PlayedSubnet(subnet, localnet, tempo, console, chain);
    try {
      played.enrol(wallets);
      played.weighted = chain.at(chain.finalizedHead()).number();
      ScheduledFuture<?> unused =
          played.clock.scheduleWithFixedDelay(
              played::look, LOOK_MILLISECONDS, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
      return played;
    } catch (RuntimeException e) {
      played.close();
      throw e;
    }
  }

  private void enrol(Path wallets) {
    ScheduledExecutorService sealing =
        Executors.newSingleThreadScheduledExecutor(PlayedSubnet::thread);
    try (RpcClient rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT)) {
      ScheduledFuture<?> unused =
          sealing.scheduleWithFixedDelay(
              () -> rpc.call("engine_createBlock", true, true),
              0,
              CONNECTION.patience().poll().toMillis(),
              TimeUnit.MILLISECONDS);
      subnet.enrol(chain, Keypair.fromUri("//Alice"), wallets, console);
    } finally {
      end(sealing);
    }
  }

  /** What fails once is tried again after the next look; the chain goes on without it. */
  private void look() {
    try {
      Metagraph metagraph = chain.at(chain.finalizedHead()).metagraph(subnet.netuid());
      long head = chain.at(chain.finalizedHead()).number();
      if (head >= weighted + tempo && permitted(metagraph)) {
        subnet.setWeights(chain, EarlierSamples.of(weighted + 1, head, localnet.feed()), console);
        weighted = head;
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      if (clock.isShutdown()) {
        return;
      }
      console.line(
          "subnet %d: no weights are set: %s".formatted(subnet.netuid(), Reason.of(failure)));
    }
  }

  private boolean permitted(Metagraph metagraph) {
    return subnet.validators().stream()
        .allMatch(
            validator ->
                metagraph.neuron(validator.account()).filter(Neuron::validatorPermit).isPresent());
  }

  private static void end(ScheduledExecutorService service) {
    service.shutdownNow();
    try {
      if (!service.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a thread of the played subnet has not ended within " + CLOSING_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "assay-played-subnet");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    end(clock);
    chain.close();
  }
}

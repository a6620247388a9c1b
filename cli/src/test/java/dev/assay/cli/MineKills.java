package dev.assay.cli;

import dev.assay.jobs.DurableStep;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process of its own, for the hub's token in its environment: miners that are killed before one
 * of their steps, each before another one, and started again. The first one is left alone.
 */
final class MineKills {
  private MineKills() {}

  /** What ends a run as a kill does: nothing behind the step happens. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Says a line for each miner.
   *
   * @param words configuration, folder of the miners' work, and the model to begin with
   */
  public static void main(String[] words) {
    int steps = steps(words);
    for (int step = 1; step <= steps; step++) {
      String miner = "w" + step;
      register(words, miner);
      String killed = killedBefore(step, words, miner);
      DurableStep.observe(name -> {});
      System.out.printf(
          "miner %s killed before %s, then exit %d%n", miner, killed, mine(words, miner));
    }
    System.out.printf("again exit %d%n", mine(words, "w0"));
  }

  private static int steps(String[] words) {
    register(words, "w0");
    AtomicInteger steps = new AtomicInteger();
    DurableStep.observe(name -> steps.addAndGet(isOwn(name) ? 1 : 0));
    System.out.printf("miner w0 exit %d%n", mine(words, "w0"));
    return steps.get();
  }

  private static String killedBefore(int step, String[] words, String miner) {
    AtomicInteger steps = new AtomicInteger();
    AtomicReference<String> reached = new AtomicReference<>("nothing");
    DurableStep.observe(
        name -> {
          if (isOwn(name) && steps.incrementAndGet() == step) {
            reached.set(name);
          }
          if (steps.get() >= step) {
            throw new Killed();
          }
        });
    try {
      mine(words, miner);
    } catch (Killed asWanted) {
      return reached.get();
    }
    return reached.get();
  }

  /** The snapshot's steps are killed by a test of their own. */
  private static boolean isOwn(String step) {
    return step.startsWith("record ") || step.startsWith("assay ") || step.startsWith("write ");
  }

  private static void register(String[] words, String miner) {
    run("localnet", "register", "--wallet", miner, "--config", words[0]);
  }

  private static int mine(String[] words, String miner) {
    String line =
        "mine --once --config %s --work %s/%s --from %s --repository localnet/%s --competition b1"
            + " --wallet %s --margin 0.001 -- --template plain --steps 4 --learning-rate 0.01"
            + " --batch-tokens 1024 --threads 1";
    return run(line.formatted(words[0], words[1], miner, words[2], miner, miner).split(" "));
  }

  private static int run(String... words) {
    return Main.commandLine().execute(words);
  }
}

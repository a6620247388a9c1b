package dev.assay.cli;

import dev.assay.jobs.DurableStep;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.HubException;
import java.net.URI;
import java.util.Arrays;

/** A process of its own that mines two rounds, and tells what anybody sees of them on the hub. */
final class MineWatch {
  private MineWatch() {}

  /**
   * Says a line before each commitment and after each round.
   *
   * @param words the hub's address, then the command line
   */
  public static void main(String[] words) {
    HubClient anybody = HubClient.of(URI.create(words[0]));
    String[] command = Arrays.copyOfRange(words, 1, words.length);
    DurableStep.observe(
        step -> {
          if (step.equals("assay commit")) {
            System.out.println("before the commitment: " + seen(anybody));
          }
        });
    for (int round = 1; round <= 2; round++) {
      int exit = Main.commandLine().execute(command);
      System.out.printf("exit %d: %s%n", exit, seen(anybody));
    }
  }

  private static String seen(HubClient anybody) {
    return seen(anybody, "gloss") + seen(anybody, "gloss-1") + seen(anybody, "gloss-2");
  }

  private static String seen(HubClient anybody, String name) {
    try {
      anybody.info(new RepositoryId("localnet", name));
      return name + " ";
    } catch (HubException.NotFound hidden) {
      return "";
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package dev.assay.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A command in a process of its own that the system kills before one of its durable steps. */
final class KilledProcess {
  private static final int KILLED = 128 + 9;

  private KilledProcess() {}

  /** Its arguments are a scenario's name, its folder and the step, counted from 1. */
  public static void main(String[] arguments) throws Exception {
    int last = Integer.parseInt(arguments[2]);
    AtomicInteger steps = new AtomicInteger();
    DurableStep.observe(
        step -> {
          if (steps.incrementAndGet() >= last) {
            killSelf();
          }
        });
    ScenarioProcess.attempt(arguments[0], Path.of(arguments[1]));
    // What other libraries still have to say is of no interest.
    Runtime.getRuntime().halt(0);
  }

  private static void killSelf() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      Thread.sleep(Long.MAX_VALUE);
    } catch (IOException | InterruptedException impossible) {
      throw new IllegalStateException("a process can be killed", impossible);
    }
  }

  /**
   * Runs a scenario's command up to a step.
   *
   * @return whether it was killed there, and did not end before
   */
  static boolean before(int step, String scenario, Path folder) throws Exception {
    int code =
        ScenarioProcess.run(
            folder,
            List.of(),
            KilledProcess.class,
            scenario,
            folder.toString(),
            Integer.toString(step));
    if (code != KILLED && code != 0) {
      throw new IllegalStateException(
          "failed before it was killed: " + Files.readString(folder.resolve("output")));
    }
    return code == KILLED;
  }
}

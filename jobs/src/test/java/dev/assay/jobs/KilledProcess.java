package dev.assay.jobs;

import dev.assay.jobs.evaluate.EvaluateKills;
import dev.assay.jobs.snapshot.SnapshotKills;
import dev.assay.jobs.submit.SubmitKills;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    attempt(arguments[0], Path.of(arguments[1]));
    // What other libraries still have to say is of no interest.
    Runtime.getRuntime().halt(0);
  }

  private static void attempt(String scenario, Path folder) throws Exception {
    switch (scenario) {
      case "snapshot" -> SnapshotKills.run(folder);
      case "evaluate" -> EvaluateKills.run(folder);
      default -> SubmitKills.run(folder);
    }
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcess.class.getName(),
            scenario,
            folder.toString(),
            Integer.toString(step)));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(20, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("neither killed nor done in 20 minutes: " + output);
    }
    if (process.exitValue() != KILLED && process.exitValue() != 0) {
      throw new IllegalStateException("failed before it was killed: " + output);
    }
    return process.exitValue() == KILLED;
  }
}

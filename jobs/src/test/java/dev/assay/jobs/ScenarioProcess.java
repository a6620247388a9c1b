package dev.assay.jobs;

import dev.assay.jobs.evaluate.EvaluateKills;
import dev.assay.jobs.snapshot.SnapshotKills;
import dev.assay.jobs.submit.SubmitKills;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A scenario's command in a process of its own, with this one's class path and options. */
final class ScenarioProcess {
  private static final int PATIENCE_MINUTES = 20;

  private ScenarioProcess() {}

  /** Runs a scenario's command, in whichever process this is. */
  static void attempt(String scenario, Path folder) throws Exception {
    switch (scenario) {
      case "snapshot" -> SnapshotKills.run(folder);
      case "evaluate" -> EvaluateKills.run(folder);
      default -> SubmitKills.run(folder);
    }
  }

  /**
   * Runs a class's main method to its end; what it prints is in the folder's file {@code output}.
   *
   * @param before words in front of the command, which end in running it
   * @return its exit code
   */
  static int run(Path folder, List<String> before, Class<?> type, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "not done in " + PATIENCE_MINUTES + " minutes: " + Files.readString(output));
    }
    return process.exitValue();
  }
}

package dev.assay.jobs.submit;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A validator in a process of its own, to be raced or killed. */
final class SubmitProcess {
  private SubmitProcess() {}

  /** Sets weights; its arguments are a folder, an evaluation, and where to write the state. */
  public static void main(String[] arguments) throws IOException {
    AssayConfiguration configuration =
        AssayConfiguration.load(Path.of(arguments[0], "assay.yaml"), Map.of());
    Files.writeString(Path.of(arguments[2]), state(configuration, arguments[1]).name());
  }

  /** A racer that finds another at work comes back until it isn't. */
  private static SubmitReport.State state(AssayConfiguration configuration, String evaluation) {
    while (true) {
      try {
        return Submit.run(
                configuration,
                evaluation,
                Keypair.fromUri("//Validator"),
                Progress.silent(),
                Clock.systemUTC())
            .state();
      } catch (NotReadyException busy) {
        Thread.onSpinWait();
      }
    }
  }

  static Process start(Path folder, String evaluation) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SubmitProcess.class.getName(),
            folder.toString(),
            evaluation,
            stateFile(folder, evaluation).toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(evaluation + ".output").toFile())
        .start();
  }

  /** How a process that has ended left its weights. */
  static SubmitReport.State state(Path folder, String evaluation) throws IOException {
    return SubmitReport.State.valueOf(Files.readString(stateFile(folder, evaluation)));
  }

  private static Path stateFile(Path folder, String evaluation) {
    return folder.resolve(evaluation + ".state");
  }
}

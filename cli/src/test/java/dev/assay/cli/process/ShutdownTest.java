package dev.assay.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void aStackTraceIsPrintedOnlyWhileTheProcessRuns() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    AtomicBoolean ended = new AtomicBoolean();
    PrintStream standardError = Shutdown.silenced(shown, ended::get);

    new IllegalStateException("before").printStackTrace(standardError);
    ended.set(true);
    new IllegalStateException("after").printStackTrace(standardError);

    assertThat(shown.toString(UTF_8)).contains("before").doesNotContain("after");
  }

  @Test
  void whatFailsInAnEndingProcessIsNotPrinted() throws Exception {
    assertThat(errorsOf("quiet")).isEqualTo("running\n");
    assertThat(errorsOf("loud")).startsWith("running\n").contains("RejectedExecutionException");
  }

  private static String errorsOf(String word) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EndingProcess.class.getName(),
                word)
            .start();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return errors;
  }

  /** Fails while it ends, as Spark does when Ctrl-C comes between two of its jobs. */
  static final class EndingProcess {
    private EndingProcess() {}

    public static void main(String[] words) {
      if (words[0].equals("quiet")) {
        Shutdown.silencesStandardError();
      }
      System.err.println("running");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> new RejectedExecutionException("pool is shut down").printStackTrace(),
                  "failing"));
    }
  }
}

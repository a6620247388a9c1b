package dev.assay.interoperation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and hands back what it printed; a failure becomes a test's failure. */
final class Command {

  private static final int SHOWN_CHARACTERS = 4000;

  private final List<String> words;
  private final Path folder;
  private final Map<String, String> environment;

  Command(List<String> words, Path folder, Map<String, String> environment) {
    this.words = words;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Runs it.
   *
   * @param purpose begins the message of a failure
   * @return its standard output
   */
  String run(String purpose, String input, int seconds) throws IOException, InterruptedException {
    Path output = Files.createTempFile("interoperation", ".out");
    Path errors = Files.createTempFile("interoperation", ".err");
    try {
      Process process = start(input, output, errors);
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      if (!ended) {
        end(process);
      }
      String printed = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        String how =
            ended ? "ended with exit code " + process.exitValue() : "took over " + seconds + " s";
        throw new AssertionError(
            purpose
                + ": '"
                + words.get(0)
                + "' "
                + how
                + "\n"
                + tail(printed)
                + "\n"
                + tail(Files.readString(errors)));
      }
      return printed;
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private Process start(String input, Path output, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private static String tail(String text) {
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : "…" + text.substring(text.length() - SHOWN_CHARACTERS);
  }
}

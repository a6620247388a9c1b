package dev.assay.cli;

import dev.assay.cli.failure.Failures;
import dev.assay.cli.process.Shutdown;
import dev.assay.cli.process.TemporaryFolder;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Words;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The command line's entry, also under spark-submit. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    // Figures, files and what Spark parses of its own look the same whatever the machine's
    // language.
    Locale.setDefault(Locale.ROOT);
    boolean verbose = List.of(words).contains("--verbose");
    if (!verbose) {
      Shutdown.silencesStandardError();
    }
    System.exit(run(words, verbose));
  }

  private static int run(String[] words, boolean verbose) {
    try {
      return commandLine().execute(words);
    } catch (Throwable failure) {
      return Failures.onAnything(failure, verbose);
    }
  }

  /** All commands, with what a failure says and which exit code it ends with. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Assay());
    return line.registerConverter(Path.class, Words::path)
        .registerConverter(URI.class, Words::address)
        .setExecutionExceptionHandler(Failures::onExecution)
        .setParameterExceptionHandler(Failures::onParameters)
        .setExecutionStrategy(Main::executed)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(110);
  }

  private static int executed(CommandLine.ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    try {
      TemporaryFolder.require(System.getProperty("java.io.tmpdir"));
    } catch (UsageException unwritable) {
      return Failures.onExecution(unwritable, parsed.commandSpec().commandLine(), parsed);
    }
    return new CommandLine.RunLast().execute(parsed);
  }
}

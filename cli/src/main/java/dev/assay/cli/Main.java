package dev.assay.cli;

import dev.assay.cli.failure.Failures;
import dev.assay.cli.process.SharedClasses;
import dev.assay.cli.process.Shutdown;
import dev.assay.cli.process.TemporaryFolder;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ResultFile;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Words;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** The command line's entry, also under spark-submit. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    speakOneLanguage();
    boolean verbose = List.of(words).contains("--verbose");
    // Before the first line is written, whichever part of a command writes it.
    Console.style(List.of(words).contains("--quiet"), List.of(words).contains("--log-json"));
    if (!verbose) {
      Shutdown.silencesStandardError();
    }
    int code = run(words, verbose);
    SharedClasses.asked().ifPresent(SharedClasses::keep);
    System.exit(code);
  }

  /** Figures, files and what Spark parses of its own look the same whatever the machine speaks. */
  static void speakOneLanguage() {
    Locale.setDefault(Locale.ROOT);
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
        .setExecutionExceptionHandler(Main::failed)
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
      result(parsed).ifPresent(ResultFile::begin);
    } catch (UsageException unwritable) {
      return Failures.onExecution(unwritable, parsed.commandSpec().commandLine(), parsed);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    int code = Failures.onExecution(failure, command, parsed);
    result(parsed).ifPresent(file -> file.failed(Failures.sentence(failure), code));
    return code;
  }

  /** The file that the innermost command's answer goes to, if it is to go to one. */
  private static Optional<ResultFile> result(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.hasMatchedOption(ResultFile.OPTION)
        ? Optional.of(new ResultFile(innermost.<Path>matchedOptionValue(ResultFile.OPTION, null)))
        : Optional.empty();
  }
}

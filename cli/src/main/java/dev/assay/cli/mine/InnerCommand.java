package dev.assay.cli.mine;

import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Words;
import dev.assay.jobs.DurableStep;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Another command, run within this one. What it answers is progress here, and goes to standard
 * error; what it throws ends this command as well.
 */
final class InnerCommand {
  private final ParseResult outer;
  private final PrintWriter told;

  InnerCommand(ParseResult outer, PrintWriter told) {
    this.outer = outer;
    this.told = told;
  }

  /**
   * Runs a command.
   *
   * @param passedOn names of this command's options that the other one gets as they were given
   * @return its exit code
   */
  int run(Callable<Integer> command, List<String> words, List<String> passedOn) throws Exception {
    List<String> all = new ArrayList<>(words);
    for (String name : passedOn) {
      OptionSpec option = outer.matchedOption(name);
      if (option != null) {
        option.originalStringValues().forEach(value -> all.addAll(List.of(name, value)));
      }
    }
    CommandLine line =
        new CommandLine(command)
            .registerConverter(Path.class, Words::path)
            .registerConverter(URI.class, Words::address)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(told)
            .setErr(told);
    try {
      line.parseArgs(all.toArray(String[]::new));
    } catch (ParameterException wrong) {
      throw new UsageException(
          "assay %s: %s".formatted(line.getCommandName(), wrong.getMessage()), wrong);
    }
    DurableStep.next("assay " + line.getCommandName());
    return command.call();
  }
}

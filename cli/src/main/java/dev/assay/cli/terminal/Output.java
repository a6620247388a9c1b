package dev.assay.cli.terminal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command's answer on standard output: one JSON object for programs, lines for people. A command
 * that has one mixes this in, and the option {@code --json} with it.
 */
public final class Output {
  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = ResultFile.OPTION,
      paramLabel = "FILE",
      description =
          "Write that object to a file as well, or {\"error\", \"exit_code\"} on failure.")
  private Path result;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  public void print(Object answer, Supplier<List<String>> lines) {
    if (result != null) {
      new ResultFile(result).write(answer);
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(Json.line(answer));
    } else {
      lines.get().forEach(out::println);
    }
    out.flush();
  }
}

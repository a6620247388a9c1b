package dev.assay.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** A command's answer on standard output: one JSON object for programs, lines for people. */
public final class Output {
  private Output() {}

  public static void print(
      CommandSpec command, boolean json, Object answer, Supplier<List<String>> lines) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(Json.line(answer));
    } else {
      lines.get().forEach(out::println);
    }
    out.flush();
  }
}

package dev.assay.cli.setup;

import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in bash and zsh.",
      "bash: source <(assay completion), in ~/.bashrc for instance. zsh: the same in ~/.zshrc,"
          + " after autoload -U +X compinit bashcompinit && compinit && bashcompinit."
    },
    footer = {"", "  assay completion"})
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("assay", spec.root().commandLine()));
    out.flush();
    return ExitCode.DONE;
  }
}

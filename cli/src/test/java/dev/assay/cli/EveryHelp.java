package dev.assay.cli;

import picocli.CommandLine;

/**
 * Prints the help of every command, as {@code --help} shows it: for CI, which runs its examples.
 */
final class EveryHelp {
  private EveryHelp() {}

  public static void main(String[] words) {
    print(Main.commandLine());
  }

  private static void print(CommandLine command) {
    System.out.println(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
    command.getSubcommands().values().forEach(EveryHelp::print);
  }
}

package dev.assay.cli;

import picocli.CommandLine;

/** The command line's entry, also under spark-submit. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    System.exit(
        new CommandLine(new Assay())
            .setExecutionExceptionHandler(Failures::onExecution)
            .setParameterExceptionHandler(Failures::onParameters)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(110)
            .execute(words));
  }
}

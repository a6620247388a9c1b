package dev.assay.cli;

import java.util.List;
import picocli.CommandLine;

/** The command line's entry, also under spark-submit. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    if (!List.of(words).contains("--verbose")) {
      Shutdown.silencesStandardError();
    }
    System.exit(
        new CommandLine(new Assay())
            .setExecutionExceptionHandler(Failures::onExecution)
            .setParameterExceptionHandler(Failures::onParameters)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(110)
            .execute(words));
  }
}

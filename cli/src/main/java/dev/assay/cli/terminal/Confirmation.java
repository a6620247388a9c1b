package dev.assay.cli.terminal;

import java.io.Console;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something that costs money; a command that needs it mixes this in. */
public final class Confirmation {
  @Option(names = "--yes", description = "Don't ask; needed where there is no terminal to ask at.")
  private boolean yes;

  /**
   * Whether to go on.
   *
   * @throws UsageException if nobody can be asked
   */
  public boolean given(String question) {
    if (yes) {
      return true;
    }
    Console console =
        Keyboard.found()
            .orElseThrow(
                () ->
                    new UsageException(question + " There is no terminal to answer at; add --yes"));
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}

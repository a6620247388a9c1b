package dev.assay.cli;

import dev.assay.cli.terminal.ExitCode;
import java.util.List;
import java.util.Set;

/**
 * One command line that must not surprise anybody.
 *
 * @param name tells the case apart from all others, on one line
 * @param words of the command line
 * @param configuration what {@code --config} names, YAML; empty for the case's own base
 * @param exitCodes that are promised for it
 */
record WrongInput(String name, List<String> words, String configuration, Set<Integer> exitCodes) {
  /** What no retry mends. */
  static final Set<Integer> REFUSED = Set.of(ExitCode.USAGE);

  /** A value that may be right for all that the case's author knows; nothing may fail for it. */
  static final Set<Integer> ANY_BUT_FAILED =
      Set.of(ExitCode.DONE, ExitCode.USAGE, ExitCode.NOTHING_TO_DO, ExitCode.TRY_AGAIN_LATER);
}

package dev.assay.cli;

import static dev.assay.cli.WrongInput.ANY_BUT_FAILED;
import static dev.assay.cli.WrongInput.REFUSED;

import dev.assay.report.Printable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Wrong words for every option and parameter of every command, as picocli's own model lists them.
 */
final class WrongWords {
  private static final List<String> NO_NUMBERS =
      List.of("x", "", " ", "1.5", "1e3", "NaN", "0x10", "99999999999999999999", "1 2", "--");

  private static final List<String> OUTSIDE =
      List.of("-1", "-5", "0", "65536", "70000", "99999", "-9", "\u0663");

  private static final List<String> NO_PATHS =
      List.of(
          "/proc/assay/nowhere", "/dev/null/x", "", "a\u0000b", "x".repeat(5000), "/proc/self/mem");

  private static final List<String> NO_ADDRESSES =
      List.of("not an address", "ftp://h", "http://", "://", "127.0.0.1:80", "http://h:99999", "");

  private static final List<String> NO_NAMES =
      List.of(
          "nothing-of-that-name",
          "",
          " ",
          "../../etc",
          "a\nb",
          "\u202e",
          "x".repeat(5000),
          "%s%n",
          "null");

  private final Map<String, List<String>> base;

  /**
   * @param base words that make a command run, or refuse to run, at once; by its name
   */
  WrongWords(Map<String, List<String>> base) {
    this.base = base;
  }

  List<WrongInput> all() {
    List<WrongInput> cases = new ArrayList<>();
    visit(Main.commandLine(), List.of(), cases);
    return cases;
  }

  private void visit(CommandLine command, List<String> path, List<WrongInput> cases) {
    CommandSpec spec = command.getCommandSpec();
    String name = String.join(" ", path);
    add(cases, path, "unknown option", List.of("--no-such-option"), REFUSED);
    if (!command.getSubcommands().isEmpty()) {
      // Assay by itself shows its help.
      add(cases, path, "no command", List.of(), path.isEmpty() ? ANY_BUT_FAILED : REFUSED);
      add(cases, path, "unknown command", List.of("no-such-command"), REFUSED);
      command
          .getSubcommands()
          .forEach((word, sub) -> visit(sub, append(path, List.of(word)), cases));
      return;
    }
    add(
        cases,
        path,
        "a word too many",
        append(base.getOrDefault(name, List.of()), List.of("a", "b", "c", "d")),
        null);
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        options(path, name, option, cases);
      }
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      values(parameter)
          .forEach(
              (value, codes) ->
                  add(cases, path, parameter.paramLabel() + " " + value, List.of(value), codes));
    }
  }

  private void options(List<String> path, String name, OptionSpec option, List<WrongInput> cases) {
    String word = option.longestName();
    List<String> usual = without(base.getOrDefault(name, List.of()), word);
    if (option.arity().max() == 0) {
      add(cases, path, word + "=maybe", append(usual, List.of(word + "=maybe")), REFUSED);
      return;
    }
    add(cases, path, word + " without value", append(usual, List.of(word)), REFUSED);
    values(option)
        .forEach(
            (value, codes) ->
                add(
                    cases,
                    path,
                    word + "=" + value,
                    append(usual, List.of(word + "=" + value)),
                    codes));
  }

  private static Map<String, Set<Integer>> values(ArgSpec argument) {
    Class<?> type = argument.type();
    Map<String, Set<Integer>> values = new java.util.LinkedHashMap<>();
    if (isNumber(type)) {
      NO_NUMBERS.forEach(value -> values.put(value, REFUSED));
      OUTSIDE.forEach(value -> values.put(value, ANY_BUT_FAILED));
    } else if (type == Path.class) {
      NO_PATHS.forEach(value -> values.put(value, ANY_BUT_FAILED));
    } else if (type == URI.class) {
      NO_ADDRESSES.forEach(value -> values.put(value, ANY_BUT_FAILED));
    } else if (type.isEnum() || Map.class.isAssignableFrom(type)) {
      NO_NAMES.forEach(value -> values.put(value, REFUSED));
    } else {
      NO_NAMES.forEach(value -> values.put(value, ANY_BUT_FAILED));
    }
    return values;
  }

  private static boolean isNumber(Class<?> type) {
    return type == int.class || type == long.class || Number.class.isAssignableFrom(type);
  }

  private static void add(
      List<WrongInput> cases,
      List<String> path,
      String what,
      List<String> words,
      Set<Integer> codes) {
    String shown = what.length() > 60 ? what.substring(0, 60) + "…" + what.length() : what;
    cases.add(
        new WrongInput(
            Printable.onTerminal(String.join(" ", path) + ": " + shown),
            append(path, words),
            "",
            codes == null ? REFUSED : codes));
  }

  private static List<String> without(List<String> words, String option) {
    return words.stream()
        .filter(word -> !word.equals(option) && !word.startsWith(option + "="))
        .toList();
  }

  private static List<String> append(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return List.copyOf(both);
  }
}

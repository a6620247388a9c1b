package dev.assay.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountTest {
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  /** Dashboards rest on them: whoever renames one sees it here and in the runbook. */
  @Test
  void theNamesAreThoseOfTheRunbook() throws Exception {
    assertThat(Stream.of(Count.values()).map(count -> count.name().toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(documented());
  }

  /**
   * Of the table's first column, where {@code _late} after {@code attempts_lost} is its sibling.
   */
  private static Set<String> documented() throws Exception {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    String table = runbook.substring(runbook.indexOf("| between them |"));
    Set<String> names = new TreeSet<>();
    for (String line : table.lines().takeWhile(row -> row.startsWith("|")).skip(2).toList()) {
      Matcher name = NAME.matcher(line.split("\\|")[1]);
      String first = "";
      while (name.find()) {
        String written = name.group(1);
        first = first.isEmpty() ? written : first;
        names.add(
            written.startsWith("_")
                ? first.substring(0, first.lastIndexOf('_')) + written
                : written);
      }
    }
    return names;
  }
}

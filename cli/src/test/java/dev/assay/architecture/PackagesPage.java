package dev.assay.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * docs/packages.md: under each heading a fenced block of rows. A row is a name, two spaces or more,
 * and values with commas between them; what is indented goes on with the row above.
 *
 * @param sections for each heading its rows, for each row its values, all in the page's order
 */
record PackagesPage(Map<String, Map<String, List<String>>> sections) {
  private static final int WIDTH = 100;
  private static final int COLUMN = 28;

  /** What stands in a row that has nothing to list. */
  private static final String NOTHING = "-";

  static PackagesPage of(Path page) throws IOException {
    Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    String heading = "";
    boolean fenced = false;
    String row = "";
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("## ")) {
        heading = line.substring(3).strip();
      } else if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (fenced && !line.isBlank()) {
        boolean goesOn = line.startsWith(" ");
        row = goesOn ? row : line.split(" ", 2)[0];
        String values = goesOn ? line : line.substring(row.length());
        List<String> listed =
            sections
                .computeIfAbsent(heading, h -> new LinkedHashMap<>())
                .computeIfAbsent(row, r -> new ArrayList<>());
        for (String value : values.split(",", -1)) {
          if (!value.isBlank() && !value.strip().equals(NOTHING)) {
            listed.add(value.strip());
          }
        }
      }
    }
    return new PackagesPage(sections);
  }

  Map<String, List<String>> section(String heading) {
    return sections.getOrDefault(heading, Map.of());
  }

  /** All rows of the modules' sections, from the ground up. */
  Map<String, Set<String>> packages(Set<String> modules) {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    sections.forEach(
        (heading, section) -> {
          if (modules.contains(heading)) {
            section.forEach((name, values) -> rows.put(name, new TreeSet<>(values)));
          }
        });
    return rows;
  }

  /** A row as the page writes it. */
  static String row(String name, Set<String> values) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(pad(name));
    String joined = values.isEmpty() ? NOTHING : values.stream().collect(Collectors.joining(", "));
    for (String word : joined.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(pad(""));
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).toString();
  }

  private static String pad(String name) {
    return name + " ".repeat(Math.max(2, COLUMN - name.length()));
  }
}

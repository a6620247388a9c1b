package dev.assay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the code against docs/packages.md and docs/architecture.md, both ways. */
class PackagesTest {
  private static final Path ROOT = Path.of("..");
  private static final int MOST_FILES = 25;
  private static final int MOST_LINES = 400;
  private static final int MOST_ROOMS = 8;
  private static final Pattern ROOM = Pattern.compile("(?m)^\\d+\\. `([\\w.]+)`");

  private static PackageGraph code;
  private static PackagesPage page;
  private static Map<String, Set<String>> rows;

  @BeforeAll
  static void read() throws IOException {
    code = PackageGraph.of(ROOT);
    page = PackagesPage.of(ROOT.resolve("docs/packages.md"));
    rows = page.packages(code.modules().keySet());
  }

  @Test
  void aPackageKnowsWhatItsRowSaysAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (String name : code.files().keySet()) {
      Set<String> knows = knows(name);
      if (!knows.equals(rows.get(name))) {
        wrong.add(PackagesPage.row(name, knows));
      }
    }
    assertThat(wrong)
        .as(
            "rows of docs/packages.md that the code contradicts; either the code must not know it,"
                + " or the row becomes\n%s\n",
            String.join("\n", wrong))
        .isEmpty();
    assertThat(rows.keySet()).as("rows without a package").isSubsetOf(code.files().keySet());
  }

  @Test
  void aPackageKnowsOnlyWhatStandsAboveIt() {
    List<Arrow> down = new ArrayList<>();
    Set<String> above = new HashSet<>();
    rows.forEach(
        (name, values) -> {
          for (String other : values) {
            if (rows.containsKey(other) && !above.contains(other)) {
              down.add(new Arrow(name, other));
            }
          }
          above.add(name);
        });
    assertThat(down).as("arrows to a row below, or to the row itself").isEmpty();
  }

  @Test
  void aModuleKnowsTheModulesOfItsRow() {
    Map<String, Set<String>> modules = new LinkedHashMap<>();
    code.modules().keySet().forEach(module -> modules.put(module, new TreeSet<>()));
    code.known()
        .forEach(
            (name, others) ->
                others.stream()
                    .map(code::moduleOf)
                    .filter(module -> !module.equals(code.moduleOf(name)))
                    .forEach(modules.get(code.moduleOf(name))::add));
    Map<String, Set<String>> listed = new LinkedHashMap<>();
    page.section("Modules").forEach((name, others) -> listed.put(name, new TreeSet<>(others)));
    assertThat(modules).isEqualTo(listed);
  }

  @Test
  void aRoomHoldsAtMostTwentyFiveFiles() {
    code.files()
        .forEach(
            (name, count) ->
                assertThat(count).as("files of %s", name).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void aFileHasAtMostFourHundredLines() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    for (String module : code.modules().keySet()) {
      try (Stream<Path> walk = Files.walk(ROOT.resolve(module).resolve("src"))) {
        for (Path file : walk.filter(path -> path.toString().endsWith(".java")).toList()) {
          int lines = Files.readAllLines(file).size();
          if (lines > MOST_LINES) {
            tooLong.put(file.getFileName().toString(), lines);
          }
        }
      }
    }
    assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() {
    for (Map.Entry<String, Set<String>> module : code.modules().entrySet()) {
      for (String name : module.getValue()) {
        Path folder = ROOT.resolve(module.getKey()).resolve("src/main/java/dev/assay");
        assertThat(folder.resolve(name.replace('.', '/')).resolve("package-info.java")).exists();
      }
    }
  }

  @Test
  void fromACommitmentToAWeightEachRoomKnowsOnlyEarlierOnes() throws IOException {
    List<String> rooms = rooms();
    assertThat(rooms).hasSizeBetween(2, MOST_ROOMS).doesNotHaveDuplicates();
    assertThat(code.files().keySet()).containsAll(rooms);
    for (int i = 0; i < rooms.size() - 1; i++) {
      assertThat(code.reach(rooms.get(i)))
          .as("what %s knows", rooms.get(i))
          .doesNotContainAnyElementsOf(rooms.subList(i + 1, rooms.size()));
    }
  }

  /** The rooms that the architecture's page counts from a commitment to a weight. */
  private static List<String> rooms() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/architecture.md"));
    String from = text.substring(text.indexOf("## From a commitment to a weight"));
    String section = from.substring(0, from.indexOf("\n## "));
    return ROOM.matcher(section).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> knows(String name) {
    Set<String> knows = new TreeSet<>(code.known().getOrDefault(name, Set.of()));
    code.foreign().getOrDefault(name, Set.of()).stream()
        .map(PackagesTest::library)
        .filter(library -> !library.equals("JDK"))
        .forEach(knows::add);
    return knows;
  }

  /** The library that a foreign package belongs to; the package itself where none is listed. */
  private static String library(String name) {
    return page.section("Libraries").entrySet().stream()
        .filter(library -> library.getValue().stream().anyMatch(part -> isIn(name, part)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name);
  }

  private static boolean isIn(String name, String part) {
    return name.equals(part) || name.startsWith(part + ".");
  }
}

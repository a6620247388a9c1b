package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every command that a page shows is one: its words and options are what the command line knows.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern COMMAND =
      Pattern.compile("\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./|bin/)?assay( [^|>#&]*)?.*");

  private record Shown(Path page, String words) {}

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList();
    }
  }

  private static List<Shown> commands(Path page) throws IOException {
    List<Shown> commands = new ArrayList<>();
    boolean block = false;
    for (String line : Files.readString(page).replaceAll("\\\\\n\\s*", "").lines().toList()) {
      if (line.startsWith("```")) {
        block = !block;
        continue;
      }
      Matcher matcher = COMMAND.matcher(line);
      if ((block || line.startsWith("    ")) && matcher.matches()) {
        String words = matcher.group(1) == null ? "" : matcher.group(1);
        commands.add(new Shown(page, words.strip()));
      }
    }
    return commands;
  }

  @Test
  void everyCommandOfAPageIsUnderstood() throws Exception {
    List<Shown> all = new ArrayList<>();
    for (Path page : pages()) {
      all.addAll(commands(page));
    }

    CommandLine line = Main.commandLine();
    assertThat(all).extracting(Shown::words).anyMatch(words -> words.startsWith("validator "));
    assertThat(all)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            shown ->
                assertThatCode(() -> line.parseArgs(shown.words().split("[ \"']+")))
                    .as("%s: assay %s", shown.page(), shown.words())
                    .doesNotThrowAnyException());
  }
}

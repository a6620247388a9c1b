package dev.assay.report.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.report.bench.MadeUpSubnet;
import dev.assay.report.bench.SiteBench;
import dev.assay.report.board.Board;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every text of a leaderboard means harm. */
class HostileTextTest {
  private static final Pattern SCRIPT = Pattern.compile("<script(.*?)</script>", Pattern.DOTALL);

  @TempDir private static Path folder;

  private static final HostileBoard HOSTILE = new HostileBoard();
  private static Path site;

  @BeforeAll
  static void write() throws Exception {
    MadeUpSubnet subnet = new MadeUpSubnet(1, 24, 3, 16);
    Board board = SiteBench.board(subnet, folder.resolve("data"));
    site = folder.resolve("site");
    Site.write(HOSTILE.of(board), "https://huggingface.co", site);
  }

  private static List<Path> files(String ending) throws Exception {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void noFieldsTextBecomesAPartOfThePage() throws Exception {
    for (Path page : files(".html")) {
      String html = Files.readString(page);
      assertThat(html)
          .as("%s", page)
          .doesNotContain("<img", "<script>", "'>", "javascript:", "\u202e", "x".repeat(500));
      for (MatchResult script : SCRIPT.matcher(html).results().toList()) {
        String inside = script.group(1);
        assertThat(inside.startsWith(" src=\"") || inside.startsWith(" type=\"application/json\">"))
            .as("%s: %s", page, inside)
            .isTrue();
      }
    }
    for (Path json : files(".json")) {
      assertThat(new ObjectMapper().readTree(json.toFile()).isContainerNode()).isTrue();
    }
  }

  /** Or the first test would show nothing. */
  @Test
  void whatParticipantsWriteIsOnThePages() throws Exception {
    String all =
        files(".html").stream().map(HostileTextTest::read).collect(Collectors.joining("\n"));

    assertThat(HOSTILE.fields())
        .contains("repository", "reason", "prompt", "response", "source", "answerer", "origin")
        .contains("hotkey", "coldkey", "id", "versions", "text", "verdict", "group", "why");
    for (String field :
        List.of(
            "repository",
            "reason",
            "prompt",
            "response",
            "source",
            "answerer",
            "origin",
            "hotkey",
            "coldkey",
            "versions",
            "group")) {
      assertThat(all).as(field).contains(field + " &lt;/script&gt;");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

package dev.assay.report.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.report.bench.MadeUpSubnet;
import dev.assay.report.bench.SiteBench;
import dev.assay.report.board.Board;
import dev.assay.report.board.BoardAssembly;
import dev.assay.report.board.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leaderboard of a made-up subnet, some of whose miners have hostile names. */
class SiteTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path site;

  @BeforeAll
  static void write() throws IOException {
    site = shared.resolve("site");
    SiteBench.run(new MadeUpSubnet(1, 64, 4, 16), shared.resolve("data"), site);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  @Test
  void everyModelHasAPageAndAFileOfFigures() throws Exception {
    for (int uid = 4; uid < 64; uid++) {
      assertThat(site.resolve("models/" + uid + ".html")).exists();
      JsonNode model =
          new ObjectMapper().readTree(site.resolve("models/" + uid + ".json").toFile());
      assertThat(model.get("uid").asInt()).isEqualTo(uid);
    }
    JsonNode board = new ObjectMapper().readTree(site.resolve("leaderboard.json").toFile());
    assertThat(board.at("/competitions/0/models")).hasSize(60);
    assertThat(board.at("/banner/state").asText()).isEqualTo("GOOD");
    assertThat(board.at("/subnet/members")).hasSize(64);
  }

  @Test
  void everyLinkLeadsSomewhereWithinTheSite() throws Exception {
    for (Path page : pages()) {
      List<MatchResult> links = LINK.matcher(Files.readString(page)).results().toList();
      assertThat(links).isNotEmpty();
      for (MatchResult link : links) {
        String[] target = link.group(1).split("#", 2);
        Path file = target[0].isEmpty() ? page : page.resolveSibling(target[0]).normalize();
        assertThat(file).as("%s of %s", link.group(1), page).exists().startsWith(site);
        if (target.length == 2) {
          assertThat(Files.readString(file)).contains("id=\"" + target[1] + "\"");
        }
      }
    }
  }

  @Test
  void whateverAMinerWritesStaysTextAndShort() throws Exception {
    for (Path page : pages()) {
      String html = Files.readString(page);
      assertThat(html)
          .as("%s", page)
          .doesNotContain("<img", "<svg", "<b>", "<script>document", "\u202e", "\u202c")
          .doesNotContain("x".repeat(500));
      // Two scripts of ours, and figures that no text can end.
      assertThat(html.split("<script ", -1).length - 1)
          .isEqualTo(html.split("</script>", -1).length - 1);
    }
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("&lt;script&gt;document", "/{{uid}}");
  }

  @Test
  void theFiguresThatScriptsDrawAreJson() throws Exception {
    Pattern figures = Pattern.compile("<script type=\"application/json\">(.*?)</script>");
    long drawn = 0;
    for (Path page : pages()) {
      for (MatchResult match : figures.matcher(Files.readString(page)).results().toList()) {
        assertThat(new ObjectMapper().readTree(match.group(1)).isObject()).isTrue();
        drawn++;
      }
    }
    assertThat(drawn).isGreaterThan(60);
  }

  @Test
  void everyFigureOfAHeadingIsInTheJson() throws Exception {
    String board = Files.readString(site.resolve("leaderboard.json"));
    Pattern field = Pattern.compile("data-field=\"([a-z_.]+)\"");
    for (String page : List.of("index.html", "subnet.html", "history.html")) {
      field
          .matcher(Files.readString(site.resolve(page)))
          .results()
          .map(match -> match.group(1).replaceAll(".*\\.", ""))
          .filter(name -> !name.equals("emission"))
          .forEach(name -> assertThat(board).contains("\"" + name + "\":"));
    }
  }

  @Test
  void theSameTablesGiveTheSameBytes() throws Exception {
    Path again = folder.resolve("site");
    SiteBench.run(new MadeUpSubnet(1, 64, 4, 16), folder.resolve("data"), again);

    for (Path page : pages()) {
      assertThat(again.resolve(site.relativize(page))).hasSameBinaryContentAs(page);
    }
  }

  @Test
  void aWarehouseWithoutEvaluationsIsSaidInWordsOnEveryPage() throws Exception {
    TableRows none = new TableRows(List.of(), Map.of(), Map.of(), List.of(), List.of());
    Board board =
        BoardAssembly.of(
            none,
            Optional.empty(),
            Optional.empty(),
            new BoardAssembly.Context(6, 0, 40, Optional.empty(), Instant.EPOCH, List.of()));

    Site.write(board, "https://huggingface.co", folder);

    assertThat(folder.resolve("index.html"))
        .content()
        .contains("EMPTY", "no evaluation has been completed yet");
    assertThat(folder.resolve("history.html")).content().contains("No evaluation has been");
    assertThat(folder.resolve("samples.html")).content().contains("The table of samples is empty");
    assertThat(folder.resolve("subnet.html")).content().contains("The chain was not read");
  }

  @Test
  void onlyAnEmptyFolderOrAnEarlierLeaderboardMayBeWrittenTo() throws Exception {
    assertThat(Site.mayWriteTo(folder)).isTrue();
    assertThat(Site.mayWriteTo(folder.resolve("new"))).isTrue();
    assertThat(Site.mayWriteTo(site)).isTrue();
    Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(Site.mayWriteTo(folder)).isFalse();
    assertThat(Site.mayWriteTo(other)).isFalse();
  }

  @Test
  void filesAppearWholeAndLeaveNothingElse() throws Exception {
    try (Stream<Path> files = Files.walk(site)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
    }
  }
}

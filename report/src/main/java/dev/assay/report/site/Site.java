package dev.assay.report.site;

import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the leaderboard as a folder of pages. Every file appears whole or not at all, the first
 * page last.
 */
public final class Site {
  /** Where the plotting library lies in its jar. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  /** A web server is often another user. */
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private static final String MARK = "leaderboard.json";
  private static final List<List<String>> MENU =
      List.of(
          List.of("Leaderboard", "index.html"),
          List.of("Subnet", "subnet.html"),
          List.of("Samples", "samples.html"),
          List.of("History", "history.html"));

  private final Board board;
  private final String hub;
  private final Path folder;
  private int files;
  private long bytes;

  private Site(Board board, String hub, Path folder) {
    this.board = board;
    this.hub = hub;
    this.folder = folder;
  }

  /**
   * What was written.
   *
   * @param page the first page
   */
  public record Written(Path page, int files, long bytes) {}

  /**
   * Whether a folder may be written to: it is not there, empty, or holds an earlier leaderboard.
   */
  public static boolean mayWriteTo(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return Files.exists(folder.resolve(MARK)) || entries.findAny().isEmpty();
    }
  }

  /**
   * Writes the site, over an earlier one.
   *
   * @param hub address of the hub that models' revisions are found on
   */
  public static Written write(Board board, String hub, Path folder) throws IOException {
    return new Site(board, hub, folder).write();
  }

  /** A part of an address, of letters, digits and hyphens. */
  static String anchor(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9-]", "-");
    return plain.isEmpty() ? "none" : plain.substring(0, Math.min(40, plain.length()));
  }

  private Written write() throws IOException {
    Files.createDirectories(folder.resolve("assets"));
    Files.createDirectories(folder.resolve("models"));
    put(MARK, SiteJson.overview(board));
    asset("uplot.js", UPLOT + "dist/uPlot.iife.min.js");
    asset("uplot.css", UPLOT + "dist/uPlot.min.css");
    asset("uplot-LICENSE.txt", UPLOT + "LICENSE");
    asset("assay.js", "assay.js");
    asset("assay.css", "assay.css");
    for (CompetitionBoard competition : board.competitions()) {
      put("samples-" + anchor(competition.id()) + ".json", SiteJson.whole(competition.samples()));
      for (ModelLine line : competition.models()) {
        model(competition, line);
      }
    }
    page("subnet.html", "Subnet " + board.netuid(), SubnetPage.sections(board));
    page("samples.html", "Samples", SamplesPage.sections(board));
    page("history.html", "History", HistoryPage.sections(board));
    page("index.html", "Leaderboard of subnet " + board.netuid(), LeaderboardPage.sections(board));
    return new Written(folder.resolve("index.html"), files, bytes);
  }

  private void page(String file, String heading, List<PageView.Section> sections)
      throws IOException {
    boolean isFirst = file.equals("index.html");
    put(
        file,
        view(
            heading,
            "",
            file,
            isFirst ? Optional.of(board.banner().state().name()) : Optional.empty(),
            sections,
            MARK));
  }

  private void model(CompetitionBoard competition, ModelLine line) throws IOException {
    put("models/" + line.uid() + ".json", SiteJson.whole(line));
    put(
        Shown.page(line.uid()),
        view(
            "UID " + line.uid() + ", " + Shown.model(line),
            "../",
            "",
            Optional.empty(),
            ModelPage.sections(board, hub, competition, line),
            line.uid() + ".json"));
  }

  private byte[] view(
      String heading,
      String root,
      String here,
      Optional<String> state,
      List<PageView.Section> sections,
      String json) {
    List<PageView.Link> menu = new ArrayList<>();
    for (List<String> entry : MENU) {
      menu.add(new PageView.Link(entry.get(0), root + entry.get(1), entry.get(1).equals(here)));
    }
    PageView page =
        new PageView(
            heading + " – Assay",
            heading,
            root,
            menu,
            state,
            Shown.text(board.banner().reason()),
            sections,
            Shown.time(board.banner().madeAt()),
            json);
    return PageViewRenderer.of().execute(page).getBytes(StandardCharsets.UTF_8);
  }

  private void asset(String name, String resource) throws IOException {
    try (InputStream content = Site.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "%s is not on the class path; build again", resource));
      }
      put("assets/" + name, content.readAllBytes());
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Path partial = Files.createTempFile(file.getParent(), "leaderboard", ".partial");
    Files.write(partial, content);
    Files.setPosixFilePermissions(partial, READABLE);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    files++;
    bytes += content.length;
  }
}

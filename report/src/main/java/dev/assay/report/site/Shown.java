package dev.assay.report.site;

import dev.assay.report.Printable;
import dev.assay.report.board.ModelLine;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How values look on the site's pages. */
final class Shown {
  /** More of a name or a reason says nothing more, and a miner may write 10 kB of it. */
  private static final int LONGEST = 160;

  private static final int SHORT_ID = 12;
  private static final double RAO = 1e9;
  private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]{1,96}/[\\w.-]{1,96}");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");

  private Shown() {}

  static String text(String text) {
    return text(text, LONGEST);
  }

  /** Printable, in one line, and no longer than so many characters. */
  static String text(String text, int longest) {
    String start = text.length() > 4 * longest ? text.substring(0, 4 * longest) : text;
    String line = Printable.onTerminal(SPACE.matcher(start).replaceAll(" ").strip());
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }

  static String id(String id) {
    return text(id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID));
  }

  /** What people call a model: its repository, or its hotkey where that is unknown. */
  static String model(ModelLine line) {
    return text(line.repository().orElse(line.hotkey()), 60);
  }

  static String competition(String id) {
    return id.isEmpty() ? "Of no competition" : "Competition " + text(id, 40);
  }

  static String page(int uid) {
    return "models/" + uid + ".html";
  }

  static String loss(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String rao(long rao) {
    return String.format(Locale.ROOT, "%,.2f", rao / RAO);
  }

  static String bytes(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%,d KiB", bytes >> 10)
        : String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
  }

  static String seconds(long milliseconds) {
    return String.format(Locale.ROOT, "%,.1f s", milliseconds / 1e3);
  }

  /** An ISO-8601 time in words: the date and the minute, in UTC. */
  static String time(String iso) {
    return iso.length() < 16 ? text(iso) : text(iso.substring(0, 16).replace('T', ' ') + " UTC");
  }

  /**
   * The revision's address on the hub; empty where what the miner committed could lead elsewhere.
   */
  static Optional<String> onHub(String hub, ModelLine line) {
    return line.repository()
        .filter(name -> REPOSITORY.matcher(name).matches() && !name.contains(".."))
        .filter(name -> hub.startsWith("https://") || hub.startsWith("http://"))
        .map(
            name ->
                hub.replaceAll("/+$", "")
                    + "/"
                    + name
                    + line.revision()
                        .filter(revision -> REVISION.matcher(revision).matches())
                        .map(revision -> "/tree/" + revision)
                        .orElse(""));
  }
}

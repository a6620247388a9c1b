package dev.assay.cli.terminal;

import dev.assay.report.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of which people and programs see different forms. For people it is as wide as the
 * terminal at most: texts are shortened, then columns that can be spared are left out, and what was
 * left out is said. Cells may hold anything that a stranger has written.
 */
public final class Listing {
  /** What a column holds, and so how it is aligned and shortened. */
  public enum Kind {
    /** Aligned to the right, never shortened. */
    NUMBER,
    /** Shortened at its end. */
    TEXT,
    /** Shortened in its middle: the first and the last characters tell accounts apart. */
    ACCOUNT
  }

  private record Column(String name, Kind kind, boolean spare) {}

  /** A terminal scrolls, but nobody reads a cell longer than this. */
  private static final int LONGEST = 160;

  private static final int SHORT_TEXT = 16;
  private static final int SHORT_ACCOUNT = 11;
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /** Adds a column that is always there. */
  public Listing column(String name, Kind kind) {
    columns.add(new Column(name, kind, false));
    return this;
  }

  /** Adds a column that a narrow terminal doesn't show; the last one is left out first. */
  public Listing spare(String name, Kind kind) {
    columns.add(new Column(name, kind, true));
    return this;
  }

  public Listing row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + columns.size() + " headings");
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The table as CSV (RFC 4180), a line of headings first. A text that a spreadsheet would take for
   * a formula begins with an apostrophe.
   */
  public List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::name).collect(Collectors.joining(",")));
    for (List<Cell> row : rows) {
      lines.add(
          IntStream.range(0, columns.size())
              .mapToObj(each -> field(columns.get(each).kind(), row.get(each).exact()))
              .collect(Collectors.joining(",")));
    }
    return lines;
  }

  private static String field(Kind kind, String text) {
    String plain = Printable.onTerminal(text);
    boolean formula = kind != Kind.NUMBER && plain.matches("[=+\\-@].*");
    String safe = formula ? "'" + plain : plain;
    return safe.matches(".*[\",].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /**
   * The table in lines.
   *
   * @param width of the terminal; 0 where there is none, and any width will do
   */
  public List<String> lines(int width) {
    List<Integer> shown =
        IntStream.range(0, columns.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
    List<String> leftOut = new ArrayList<>();
    while (width > 0 && least(shown) > width) {
      int last = lastSpare(shown);
      if (last < 0) {
        break;
      }
      leftOut.add(0, columns.get(shown.remove(last)).name());
    }
    int[] widths = widths(shown, width);
    List<String> lines = new ArrayList<>();
    lines.add(line(shown, widths, columns.stream().map(Column::name).toList()));
    for (List<Cell> row : rows) {
      lines.add(line(shown, widths, row.stream().map(Cell::shown).toList()));
    }
    if (!leftOut.isEmpty()) {
      lines.add("(no room for " + String.join(", ", leftOut) + "; --csv and --json have them)");
    }
    return lines;
  }

  private int lastSpare(List<Integer> shown) {
    for (int at = shown.size() - 1; at >= 0; at--) {
      if (columns.get(shown.get(at)).spare()) {
        return at;
      }
    }
    return -1;
  }

  private int least(List<Integer> shown) {
    return gaps(shown) + shown.stream().mapToInt(each -> shortest(each, full(each))).sum();
  }

  private static int gaps(List<Integer> shown) {
    return GAP.length() * Math.max(0, shown.size() - 1);
  }

  /** The widths of the columns; the widest that can be shortened gives way first. */
  private int[] widths(List<Integer> shown, int width) {
    int[] widths = shown.stream().mapToInt(this::full).toArray();
    while (width > 0 && gaps(shown) + IntStream.of(widths).sum() > width) {
      int widest = -1;
      for (int at = 0; at < widths.length; at++) {
        boolean gives = widths[at] > shortest(shown.get(at), widths[at]);
        if (gives && (widest < 0 || widths[at] > widths[widest])) {
          widest = at;
        }
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private int full(int column) {
    int widest = columns.get(column).name().length();
    for (List<Cell> row : rows) {
      widest = Math.max(widest, length(safe(row.get(column).shown())));
    }
    return widest;
  }

  private int shortest(int column, int full) {
    int least =
        switch (columns.get(column).kind()) {
          case NUMBER -> full;
          case TEXT -> SHORT_TEXT;
          case ACCOUNT -> SHORT_ACCOUNT;
        };
    return Math.min(full, Math.max(least, columns.get(column).name().length()));
  }

  private String line(List<Integer> shown, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < widths.length; at++) {
      Kind kind = columns.get(shown.get(at)).kind();
      String text = fitted(kind, safe(cells.get(shown.get(at))), widths[at]);
      String padding = " ".repeat(Math.max(0, widths[at] - length(text)));
      line.append(at == 0 ? "" : GAP).append(kind == Kind.NUMBER ? padding + text : text + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String fitted(Kind kind, String text, int width) {
    if (length(text) <= width) {
      return text;
    }
    int tail = kind == Kind.ACCOUNT ? (width - 1) / 2 : 0;
    int[] points = text.codePoints().toArray();
    return new String(points, 0, width - 1 - tail)
        + "…"
        + new String(points, points.length - tail, tail);
  }

  private static String safe(String text) {
    return fitted(Kind.TEXT, Printable.onTerminal(text), LONGEST);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

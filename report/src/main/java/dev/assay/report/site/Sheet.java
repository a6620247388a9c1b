package dev.assay.report.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of the site.
 *
 * @param isFolded shown once it is asked for
 * @param isFilterable has a field that filters its rows, and switches for groups of columns
 */
record Sheet(
    String id,
    String caption,
    boolean isFolded,
    boolean isFilterable,
    String classes,
    List<Group> groups,
    List<Column> columns,
    List<Row> rows) {

  /** Columns that are shown once they are asked for. */
  enum Set {
    ALWAYS(""),
    CHAIN("Consensus and emission"),
    KEYS("Keys and digests");

    private final String text;

    Set(String text) {
      this.text = text;
    }

    private String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  record Group(String key, String text) {}

  /**
   * A column.
   *
   * @param field the name of its value in the JSON
   * @param hint what its heading means
   */
  record Column(String text, String field, Optional<String> hint, String classes) {}

  record Row(Optional<String> id, List<Cell> cells) {}

  static Builder of(String id, String caption) {
    return new Builder(id, caption);
  }

  /** Collects columns, then rows; a row has a cell for every column. */
  static final class Builder {
    private final String id;
    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> looks = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private boolean isFolded;
    private boolean isFilterable;
    private Set set = Set.ALWAYS;

    private Builder(String id, String caption) {
      this.id = id;
      this.caption = caption;
    }

    Builder folded() {
      isFolded = true;
      return this;
    }

    Builder filterable() {
      isFilterable = true;
      return this;
    }

    /** The columns that follow belong to a group. */
    Builder group(Set following) {
      set = following;
      groups.add(new Group(following.key(), following.text));
      return this;
    }

    /** A column of figures, of which the largest are looked for first. */
    Builder number(String text, String field, String hint) {
      return column(text, field, hint, "number");
    }

    /** A column of figures, of which the smallest are looked for first. */
    Builder lowNumber(String text, String field, String hint) {
      return column(text, field, hint, "number low");
    }

    Builder text(String text, String field, String look) {
      return column(text, field, "", look);
    }

    private Builder column(String text, String field, String hint, String look) {
      String all = set == Set.ALWAYS ? look : look + " g-" + set.key();
      columns.add(
          new Column(text, field, Optional.of(hint).filter(words -> !words.isEmpty()), all));
      looks.add(all);
      return this;
    }

    Builder row(List<Cell> cells) {
      return row(Optional.empty(), cells);
    }

    Builder row(Optional<String> anchor, List<Cell> cells) {
      if (cells.size() != columns.size()) {
        throw new IllegalArgumentException(
            cells.size() + " cells under " + columns.size() + " headings");
      }
      List<Cell> looked = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        looked.add(cells.get(i).looking(looks.get(i)));
      }
      rows.add(new Row(anchor, looked));
      return this;
    }

    boolean isEmpty() {
      return rows.isEmpty();
    }

    Sheet build() {
      return new Sheet(
          id,
          caption,
          isFolded,
          isFilterable,
          groups.isEmpty() ? "plain" : "grouped",
          groups,
          columns,
          List.copyOf(rows));
    }
  }
}

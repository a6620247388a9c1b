package dev.assay.report.site;

import io.jstach.jstache.JStache;
import java.util.List;
import java.util.Optional;

/**
 * One page of the site as texts, all made printable; the template escapes every one of them.
 *
 * @param root the way to the site's folder: empty, or {@code ../}
 * @param state the word of the banner, where the page shows it
 * @param json the file that holds the page's figures
 */
@JStache(path = "dev/assay/report/site/page.mustache")
record PageView(
    String title,
    String heading,
    String root,
    List<Link> menu,
    Optional<String> state,
    String stateReason,
    List<Section> sections,
    String madeAt,
    String json) {

  record Link(String text, String href, boolean isHere) {}

  /** A part of the page; whatever it doesn't have is left out. */
  record Section(
      String id,
      Optional<String> heading,
      List<String> notes,
      boolean hasFacts,
      List<Fact> facts,
      boolean hasLines,
      List<Line> lines,
      Optional<String> command,
      Optional<Plot> plot,
      Optional<Sheet> sheet) {
    static Section of(String id, String heading, String... notes) {
      return new Section(
          id,
          heading.isEmpty() ? Optional.empty() : Optional.of(heading),
          List.of(notes),
          false,
          List.of(),
          false,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    Section withFacts(List<Fact> all) {
      return new Section(
          id, heading, notes, !all.isEmpty(), all, hasLines, lines, command, plot, sheet);
    }

    Section withLines(List<Line> all) {
      return new Section(
          id, heading, notes, hasFacts, facts, !all.isEmpty(), all, command, plot, sheet);
    }

    Section withCommand(String line) {
      return new Section(
          id, heading, notes, hasFacts, facts, hasLines, lines, Optional.of(line), plot, sheet);
    }

    Section with(Plot drawn) {
      return new Section(
          id, heading, notes, hasFacts, facts, hasLines, lines, command, Optional.of(drawn), sheet);
    }

    Section with(Sheet table) {
      return new Section(
          id, heading, notes, hasFacts, facts, hasLines, lines, command, plot, Optional.of(table));
    }
  }

  /**
   * A name and its value.
   *
   * @param time ISO-8601, where the value is a time: the browser adds how long ago that was
   */
  record Fact(String name, String text, Optional<String> time) {
    static Fact of(String name, String text) {
      return new Fact(name, text, Optional.empty());
    }

    static Fact at(String name, String time) {
      return new Fact(name, Shown.time(time), Optional.of(time));
    }
  }

  /** A sentence, indented by its depth of 0 to 2. */
  record Line(String text, int depth) {}

  /**
   * A plot.
   *
   * @param kind which of the script's drawings it is
   * @param json its figures, safe to stand in a script element
   */
  record Plot(String kind, String caption, String json) {}
}

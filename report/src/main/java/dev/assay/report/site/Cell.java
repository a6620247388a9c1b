package dev.assay.report.site;

import dev.assay.score.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * One cell of a table.
 *
 * @param sort what it is sorted by, where that is not its text
 * @param small what stands below the text
 */
record Cell(
    String text,
    Optional<String> sort,
    Optional<String> href,
    Optional<String> small,
    Optional<String> style,
    String classes) {
  static final Cell NONE = of("–");

  static Cell of(String text) {
    return raw(Shown.text(text));
  }

  /** Of a text that is ours. */
  private static Cell raw(String text) {
    return new Cell(
        text, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");
  }

  static Cell of(Optional<String> text) {
    return text.map(Cell::of).orElse(NONE);
  }

  private static Cell figure(String text, double sort) {
    return Double.isNaN(sort) ? NONE : raw(text).sortedBy(Double.toString(sort));
  }

  static Cell of(long figure) {
    return raw(String.format(Locale.ROOT, "%,d", figure)).sortedBy(Long.toString(figure));
  }

  /** A UID or a block, which nobody reads with thousands apart. */
  static Cell plain(long number) {
    return raw(Long.toString(number));
  }

  static Cell loss(double loss) {
    return figure(Shown.loss(loss), loss);
  }

  static Cell signed(double figure) {
    return figure(String.format(Locale.ROOT, "%+.4f", figure), figure);
  }

  static Cell percent(double share) {
    return figure(Shown.percent(share), share);
  }

  static Cell percent(Optional<Double> share) {
    return share.map(Cell::percent).orElse(NONE);
  }

  /** What is counted in 10⁻⁹ on the chain. */
  static Cell rao(long rao) {
    return raw(Shown.rao(rao)).sortedBy(Long.toString(rao));
  }

  /** An estimate with its bounds below, where there are any. */
  static Cell of(Interval interval, boolean isSigned) {
    Cell cell = isSigned ? signed(interval.estimate()) : loss(interval.estimate());
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high())
        ? cell.below(
            String.format(
                Locale.ROOT,
                isSigned ? "%+.4f to %+.4f" : "%.4f to %.4f",
                interval.low(),
                interval.high()))
        : cell;
  }

  Cell sortedBy(String key) {
    return new Cell(text, Optional.of(key), href, small, style, classes);
  }

  Cell to(String address) {
    return new Cell(text, sort, Optional.of(address), small, style, classes);
  }

  Cell below(String words) {
    return words.isEmpty()
        ? this
        : new Cell(text, sort, href, Optional.of(Shown.text(words)), style, classes);
  }

  /** The same cell for a text of up to so many characters, beyond what other cells show. */
  Cell whole(String words, int longest) {
    return new Cell(Shown.text(words, longest), sort, href, small, style, classes);
  }

  /** Shaded by a share from 0 to 1. */
  Cell shaded(double share) {
    return new Cell(
        text,
        sort,
        href,
        small,
        Optional.of(String.format(Locale.ROOT, "--share: %.3f", share)),
        classes);
  }

  Cell looking(String look) {
    return new Cell(text, sort, href, small, style, look);
  }
}

package dev.assay.cli.bench.cluster;

import java.util.Locale;
import java.util.Optional;

/**
 * One figure of the measurement.
 *
 * @param key as {@code --json} names it
 * @param value what was measured; empty where it could not be
 * @param promised what was promised of it; empty where nothing was
 * @param note what it is of, or why it could not be measured
 */
record Figure(String key, Optional<Double> value, String promised, String note) {

  /** One that was promised not to exceed a limit. */
  static Figure atMost(double limit, String key, double value, String note) {
    return new Figure(key, Optional.of(value), "at most " + text(limit), note);
  }

  /** One that was promised to reach a limit. */
  static Figure atLeast(double limit, String key, double value, String note) {
    return new Figure(key, Optional.of(value), "at least " + text(limit), note);
  }

  /** One of which nothing was promised. */
  static Figure of(String key, double value, String note) {
    return new Figure(key, Optional.of(value), "", note);
  }

  /** One that could not be measured here. */
  static Figure missing(String key, String why) {
    return new Figure(key, Optional.empty(), "", why);
  }

  /** As another JVM tells it: {@link #of(String)} reads it. */
  String line() {
    return String.join("\t", key, value.map(Object::toString).orElse(""), promised, note);
  }

  /** What another JVM has told by {@link #line}. */
  static Figure of(String line) {
    String[] parts = line.split("\t", -1);
    return new Figure(
        parts[0],
        Optional.of(parts[1]).filter(text -> !text.isEmpty()).map(Double::valueOf),
        parts[2],
        parts[3]);
  }

  /** The value for people. */
  String measured() {
    return value.map(Figure::text).orElse("-");
  }

  private static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return Math.abs(value) < 1e-3
        ? String.format(Locale.ROOT, "%.1e", value)
        : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.0f", value);
  }
}

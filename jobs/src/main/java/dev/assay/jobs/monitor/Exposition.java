package dev.assay.jobs.monitor;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Metrics in Prometheus's text format, version 0.0.4. */
final class Exposition {
  private final StringBuilder text = new StringBuilder();
  private String family = "";

  /** A value that may rise and fall. */
  Exposition gauge(String name, String help, Map<String, String> labels, Number value) {
    return add(name, "gauge", help, labels, value);
  }

  Exposition gauge(String name, String help, Number value) {
    return gauge(name, help, Map.of(), value);
  }

  /** A count since the process began; its name ends in {@code _total}. */
  Exposition counter(String name, String help, Map<String, String> labels, Number value) {
    return add(name, "counter", help, labels, value);
  }

  /** All lines of one name must be added one after another. */
  private Exposition add(
      String name, String type, String help, Map<String, String> labels, Number value) {
    if (!name.equals(family)) {
      family = name;
      text.append("# HELP ").append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
    text.append(name)
        .append(written(labels))
        .append(' ')
        .append(written(value.doubleValue()))
        .append('\n');
    return this;
  }

  private static String written(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String written(double value) {
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return isWhole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.6g", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

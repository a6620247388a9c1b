package dev.assay.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys whose values are durations and sizes, and the bare numbers that they replace: {@code
 * silence_seconds: 30} is read as {@code silence: 30s}. The published configuration keeps the
 * earlier keys, because they are its version 2.
 */
final class EarlierKeys {
  /**
   * One such key.
   *
   * @param section where it stands, levels separated by dots
   * @param unit that the bare number was of
   */
  private record Renewed(String section, String key, String earlier, String unit) {
    String name(String last) {
      return section.isEmpty() ? last : section + "." + last;
    }

    String misfit(JsonNode value) {
      return name(earlier)
          + (value.isValueNode() && !value.isNull() ? " is " + value.asText() : " does not fit")
          + "; a whole number, or "
          + key
          + " with a unit, such as 30"
          + unit;
    }

    long number(String text) {
      return unit.endsWith("B")
          ? Measures.size(text).bytes() / Measures.size("1" + unit).bytes()
          : Measures.duration(text).dividedBy(Measures.duration("1" + unit));
    }
  }

  private static final List<Renewed> SETTINGS =
      List.of(
          new Renewed("chain", "poll", "poll_milliseconds", "ms"),
          new Renewed("hub", "silence", "silence_seconds", "s"),
          new Renewed("feed", "max_sample_size", "max_sample_bytes", "B"),
          new Renewed("evaluation", "deadline", "deadline_seconds", "s"),
          new Renewed("spark", "executor_memory", "executor_memory_mb", "MiB"),
          new Renewed("submit", "finality_timeout", "finality_timeout_seconds", "s"),
          new Renewed("submit", "block_time", "block_seconds", "s"),
          new Renewed("submit.beacon", "period", "period", "s"));

  private static final List<Renewed> COMPETITION =
      List.of(
          new Renewed("", "max_size", "max_bytes", "B"),
          new Renewed("", "max_activations_per_token", "max_bytes_per_token", "B"));

  private EarlierKeys() {}

  /**
   * Writes earlier keys of an operator's settings as today's.
   *
   * @return what is wrong with any of them, without the file's name
   */
  static List<String> renewSettings(ObjectNode settings) {
    List<String> faults = new ArrayList<>();
    for (Renewed each : SETTINGS) {
      JsonNode section = settings.at("/" + each.section.replace('.', '/'));
      if (section instanceof ObjectNode keys) {
        renew(keys, each, "", faults);
      }
    }
    return faults;
  }

  /** The same for a file of competitions. */
  static List<String> renewCompetitions(JsonNode file) {
    List<String> faults = new ArrayList<>();
    for (JsonNode era : file.path("eras")) {
      for (JsonNode competition : era.path("competitions")) {
        if (competition instanceof ObjectNode keys) {
          String of = "competition " + keys.path("id").asText() + ": ";
          COMPETITION.forEach(each -> renew(keys, each, of, faults));
        }
      }
    }
    return faults;
  }

  private static void renew(ObjectNode keys, Renewed each, String of, List<String> faults) {
    boolean sameName = each.key.equals(each.earlier);
    JsonNode value = keys.get(each.earlier);
    if (value == null || (sameName && !value.isIntegralNumber())) {
      return;
    }
    keys.remove(each.earlier);
    if (keys.has(each.key)) {
      faults.add(of + each.name(each.key) + " is also set as " + each.earlier + "; keep one");
    } else if (value.isIntegralNumber()) {
      keys.set(each.key, TextNode.valueOf(value.asText() + each.unit));
    } else {
      faults.add(of + each.misfit(value));
      // The rest is read as if this were right.
      keys.put(each.key, "1" + each.unit);
    }
  }

  /** Settings with the earlier keys in the places of today's, each a whole number of its unit. */
  static void restoreSettings(ObjectNode settings) {
    for (Renewed each : SETTINGS) {
      restore((ObjectNode) settings.at("/" + each.section.replace('.', '/')), each);
    }
  }

  /** The same for a file of competitions. */
  static void restoreCompetitions(ObjectNode file) {
    for (JsonNode era : file.path("eras")) {
      for (JsonNode competition : era.path("competitions")) {
        COMPETITION.forEach(each -> restore((ObjectNode) competition, each));
      }
    }
  }

  /** Keys keep their order, which published bytes depend on. */
  private static void restore(ObjectNode keys, Renewed each) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    keys.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    keys.removeAll();
    fields.forEach(
        (key, value) -> {
          if (key.equals(each.key)) {
            keys.put(each.earlier, each.number(value.textValue()));
          } else {
            keys.set(key, value);
          }
        });
  }
}

package dev.assay.cli;

import static dev.assay.cli.WrongInput.ANY_BUT_FAILED;
import static dev.assay.cli.WrongInput.REFUSED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Wrong values for every key of the configuration, as the configuration's own defaults list them.
 */
final class WrongSettings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> NO_NUMBERS =
      Map.of(
          "text",
          "\"many\"",
          "list",
          "[1]",
          "map",
          "{a: 1}",
          "empty",
          "",
          "huge",
          "99999999999999999999",
          "flag",
          "[true]",
          "negative",
          "-99999999999999999999");

  private static final Map<String, String> NO_FLAGS =
      Map.of("text", "\"maybe\"", "list", "[]", "map", "{}");

  private static final Map<String, String> NO_TEXTS = Map.of("list", "[a, b]", "map", "{a: b}");

  private static final Map<String, String> ODD_TEXTS =
      Map.of(
          "blank",
          "\"  \"",
          "lines",
          "\"a\\nb\"",
          "no scheme",
          "\"127.0.0.1:80\"",
          "folder",
          "\"../../..\"",
          "nul",
          "\"a\\0b\"",
          "proc",
          "\"/proc/assay\"",
          "long",
          "\"" + "x".repeat(3000) + "\"",
          "bidi",
          "\"\u202e\"",
          "s3",
          "\"s3a://bucket/x\"");

  /** A duration or a size. */
  private static final Pattern MEASURE = Pattern.compile("[0-9]+[A-Za-z]+");

  private static final Map<String, String> NO_MEASURES =
      Map.of(
          "bare number",
          "5",
          "other unit",
          "5 fortnights",
          "negative",
          "-5h",
          "zero",
          "0s",
          "list",
          "[5s]",
          "map",
          "{bytes: 5}",
          "empty",
          "",
          "huge",
          "99999999999999999999h");

  private static final Map<String, String> NO_LISTS =
      Map.of(
          "text",
          "\"a\"",
          "map",
          "{a: 1}",
          "number",
          "5",
          "with an empty entry",
          "[null]",
          "of maps",
          "[{a: 1}]");

  private static final Map<String, String> NO_MAPS =
      Map.of("text", "\"a\"", "number", "5", "list", "[1, 2]");

  private WrongSettings() {}

  /**
   * One case for each key and kind of wrong value.
   *
   * @param words a command that reads the file
   * @param defaults every key, with the value that is usual
   * @param usual YAML that the command runs with; cases change one key of it
   */
  static List<WrongInput> all(List<String> words, JsonNode defaults, ObjectNode usual) {
    List<WrongInput> cases = new ArrayList<>();
    visit(words, "", defaults, usual, cases);
    return cases;
  }

  private static void visit(
      List<String> words, String path, JsonNode node, ObjectNode usual, List<WrongInput> cases) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      values(field.getValue())
          .forEach((kind, value) -> cases.add(wrong(words, key, kind, value, usual, codes(kind))));
      if (field.getValue().isObject()) {
        cases.add(wrong(words, key + ".no_such_key", "unknown", "1", usual, REFUSED));
        visit(words, key, field.getValue(), usual, cases);
      }
    }
  }

  private static Set<Integer> codes(String kind) {
    return kind.startsWith("odd ") ? ANY_BUT_FAILED : REFUSED;
  }

  private static Map<String, String> values(JsonNode usual) {
    Map<String, String> values = new LinkedHashMap<>();
    if (usual.isNumber()) {
      values.putAll(NO_NUMBERS);
      if (usual.isIntegralNumber()) {
        values.put("fraction", "1.5");
        values.put("odd negative", "-1");
        values.put("odd zero", "0");
      } else {
        values.put("odd huge", values.remove("huge"));
        values.put("odd not a number", ".nan");
        values.put("odd negative", "-1");
      }
    } else if (usual.isBoolean()) {
      values.putAll(NO_FLAGS);
    } else if (usual.isArray()) {
      values.putAll(NO_LISTS);
    } else if (usual.isObject()) {
      values.putAll(NO_MAPS);
    } else if (MEASURE.matcher(usual.asText()).matches()) {
      values.putAll(NO_MEASURES);
    } else {
      values.putAll(NO_TEXTS);
      ODD_TEXTS.forEach((kind, value) -> values.put("odd " + kind, value));
    }
    return values;
  }

  /** The usual file with one key changed; a flow map, which YAML takes as JSON. */
  private static WrongInput wrong(
      List<String> words,
      String key,
      String kind,
      String value,
      ObjectNode usual,
      Set<Integer> codes) {
    ObjectNode changed = usual.deepCopy();
    String[] steps = key.split("\\.", -1);
    ObjectNode place = changed;
    for (int i = 0; i < steps.length - 1; i++) {
      place = place.withObject("/" + steps[i]);
    }
    String mark = "@@changed@@";
    place.put(steps[steps.length - 1], mark);
    try {
      String yaml =
          JSON.writeValueAsString(changed)
              .replace("\"" + mark + "\"", value.isEmpty() ? "null" : value);
      return new WrongInput(key + ": " + kind, words, yaml, codes);
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

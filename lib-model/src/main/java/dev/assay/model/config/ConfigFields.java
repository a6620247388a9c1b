package dev.assay.model.config;

import static dev.assay.model.rejection.Quoted.quoted;
import static dev.assay.model.rejection.Quoted.visible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Typed, bounded reading of a JSON object of config.json, which remembers the keys that it was
 * asked for. A key that is absent has its default; null, where transformers gives it no meaning, a
 * value of another type or one outside its range refuses the checkpoint.
 */
public final class ConfigFields {
  private final JsonNode object;
  private final String path;
  private final Set<String> read = new HashSet<>();

  public ConfigFields(JsonNode object) {
    this(object, "");
  }

  private ConfigFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** Whether the key has a value other than null. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** Whether the key is there, be it null. */
  public boolean names(String key) {
    read.add(key);
    return object.has(key);
  }

  /** The keys that haven't been read, in the file's order. */
  public List<String> unread() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(read);
    return keys;
  }

  public int integer(String key, int least, int most) throws RejectedCheckpointException {
    JsonNode value = required(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, value, String.format(Locale.ROOT, "an integer from %d to %d", least, most));
    }
    if (value.intValue() < least || value.intValue() > most) {
      throw wrong(key, value, String.format(Locale.ROOT, "an integer from %d to %d", least, most));
    }
    return value.intValue();
  }

  public int integer(String key, int least, int most, int otherwise)
      throws RejectedCheckpointException {
    return names(key) ? integer(key, least, most) : otherwise;
  }

  /** The same where null means the default too. */
  public int integerOrNull(String key, int least, int most, int otherwise)
      throws RejectedCheckpointException {
    return has(key) ? integer(key, least, most) : otherwise;
  }

  public double number(String key, double least, double most) throws RejectedCheckpointException {
    JsonNode value = required(key);
    // Written so that NaN fails too.
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw wrong(key, value, "a number from " + least + " to " + most);
    }
    return value.doubleValue();
  }

  public double number(String key, double least, double most, double otherwise)
      throws RejectedCheckpointException {
    return names(key) ? number(key, least, most) : otherwise;
  }

  /** The same where null means the default too. */
  public double numberOrNull(String key, double least, double most, double otherwise)
      throws RejectedCheckpointException {
    return has(key) ? number(key, least, most) : otherwise;
  }

  /** A number with a point that null switches off; where the key is absent, the family's own. */
  public OptionalDouble switchedNumber(
      String key, double least, double most, OptionalDouble otherwise)
      throws RejectedCheckpointException {
    if (has(key)) {
      if (!required(key).isFloatingPointNumber()) {
        throw wrong(key, required(key), "a number with a point, or null");
      }
      return OptionalDouble.of(number(key, least, most));
    }
    return object.has(key) ? OptionalDouble.empty() : otherwise;
  }

  /** A count that null switches off, which is 0; where the key is absent, the family's own. */
  public int switchedInteger(String key, int most, int otherwise)
      throws RejectedCheckpointException {
    if (has(key)) {
      return integer(key, 1, most);
    }
    return object.has(key) ? 0 : otherwise;
  }

  /** Refuses a flag that is set and changes what a model computes in a way that Assay does not. */
  public void requireUnset(String key) throws RejectedCheckpointException {
    if (has(key) && flag(key, false)) {
      throw unsupported(key, "false");
    }
  }

  public boolean flag(String key, boolean otherwise) throws RejectedCheckpointException {
    if (!names(key)) {
      return otherwise;
    }
    JsonNode value = required(key);
    if (!value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value.booleanValue();
  }

  public String text(String key, String otherwise) throws RejectedCheckpointException {
    if (!names(key)) {
      return otherwise;
    }
    JsonNode value = required(key);
    if (!value.isTextual()) {
      throw wrong(key, value, "a string");
    }
    return value.textValue();
  }

  /** An array of exactly {@code size} numbers within a range. */
  public List<Double> numbers(String key, int size, double least, double most)
      throws RejectedCheckpointException {
    JsonNode array = required(key);
    if (!array.isArray() || array.size() != size) {
      throw wrong(key, array, "an array of " + size + " numbers");
    }
    List<Double> numbers = new ArrayList<>(size);
    for (JsonNode value : array) {
      if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
        throw wrong(key, value, "numbers from " + least + " to " + most);
      }
      numbers.add(value.doubleValue());
    }
    return numbers;
  }

  /** An array of integers of any length; none where it is absent or null. */
  public List<Integer> integers(String key) throws RejectedCheckpointException {
    JsonNode array = value(key);
    if (array == null) {
      return List.of();
    }
    List<Integer> integers = new ArrayList<>();
    for (JsonNode value : array) {
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        throw wrong(key, value, "integers");
      }
      integers.add(value.intValue());
    }
    if (!array.isArray()) {
      throw wrong(key, array, "an array of integers");
    }
    return integers;
  }

  /** An array of exactly {@code size} strings, where there is one. */
  public Optional<List<String>> texts(String key, int size) throws RejectedCheckpointException {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode array = required(key);
    if (!array.isArray() || array.size() != size) {
      throw wrong(key, array, "an array of " + size + " strings");
    }
    List<String> texts = new ArrayList<>(size);
    for (JsonNode value : array) {
      if (!value.isTextual()) {
        throw wrong(key, value, "strings");
      }
      texts.add(value.textValue());
    }
    return Optional.of(texts);
  }

  /** An array of strings of any length; none where it is absent or null. */
  public List<String> texts(String key) throws RejectedCheckpointException {
    JsonNode array = value(key);
    if (array == null) {
      return List.of();
    }
    if (!array.isArray()) {
      throw wrong(key, array, "an array of strings");
    }
    return texts(key, array.size()).orElseThrow();
  }

  /** The object under a key, where there is one. */
  public Optional<ConfigFields> object(String key) throws RejectedCheckpointException {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = required(key);
    if (!value.isObject()) {
      throw wrong(key, value, "an object");
    }
    return Optional.of(new ConfigFields(value, path + key + "."));
  }

  /** Refuses a value that is well-formed but that Assay does not compute. */
  public RejectedCheckpointException unsupported(String key, String known) {
    return RejectedCheckpointException.because(
        Rejection.UNSUPPORTED_CONFIG,
        "config.json has %s%s = %s; supported: %s",
        path,
        key,
        shown(object.get(key)),
        known);
  }

  /** Refuses a value that contradicts another one. */
  public RejectedCheckpointException contradiction(String sentence) {
    return RejectedCheckpointException.because(Rejection.CONFIG_VALUE, "config.json: %s", sentence);
  }

  /** Refuses another name for a number that has been read, if it has another value. */
  public void requireSame(String alias, String key, double value)
      throws RejectedCheckpointException {
    if (names(alias) && !(has(alias) && isNumber(alias, value))) {
      throw contradiction(
          path
              + alias
              + " is "
              + shown(object.get(alias))
              + " and "
              + key
              + " is "
              + value
              + "; keep one");
    }
  }

  private boolean isNumber(String key, double value) {
    return value(key).isNumber() && value(key).doubleValue() == value;
  }

  /** What a key holds, null included; of a key that is there. */
  public JsonNode node(String key) {
    read.add(key);
    return object.get(key);
  }

  private JsonNode value(String key) {
    read.add(key);
    JsonNode value = object.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode required(String key) throws RejectedCheckpointException {
    JsonNode value = value(key);
    if (value == null) {
      throw RejectedCheckpointException.because(
          Rejection.CONFIG_VALUE,
          object.has(key)
              ? "config.json has %s%s = null; give it a value"
              : "config.json lacks %s%s",
          path,
          visible(key));
    }
    return value;
  }

  /** Refuses a value of the wrong type or outside its range. */
  public RejectedCheckpointException wrong(String key, JsonNode value, String expected) {
    return RejectedCheckpointException.because(
        Rejection.CONFIG_VALUE,
        "config.json has %s%s = %s; it must be %s",
        path,
        visible(key),
        shown(value),
        expected);
  }

  /** Text keeps its own quotation marks; everything else appears as JSON, escaped and cut. */
  private static String shown(JsonNode value) {
    if (value == null || value.isTextual()) {
      return quoted(value == null ? "" : value.textValue());
    }
    return visible(value.toString().replace('"', '\''));
  }
}

package dev.assay.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.assay.chain.rpc.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** YAML into records: snake_case keys, none unknown, none twice, none missing. */
public final class StrictYaml {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /** A configuration is written by hand; more is a mistake. */
  private static final long MAX_FILE_BYTES = 1 << 20;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  /** Trees of YAML bind, and are written, as JSON does. */
  static final JsonMapper TREES =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(new Jdk8Module())
          .build();

  private StrictYaml() {}

  /** Reads one file of at most 1 MiB. */
  public static JsonNode read(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_FILE_BYTES) {
        throw new ConfigurationException(
            file + " has " + bytes + " bytes; a configuration has at most " + MAX_FILE_BYTES);
      }
      return read(file.toString(), Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new ConfigurationException(file + " does not exist; give another file", missing);
    } catch (IOException unreadable) {
      throw new ConfigurationException(file + " cannot be read: " + reason(unreadable), unreadable);
    }
  }

  /** Reads a text; the source is what an error calls it. */
  public static JsonNode read(String source, String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      return tree == null || tree.isMissingNode() || tree.isNull()
          ? TREES.createObjectNode()
          : tree;
    } catch (JsonProcessingException malformed) {
      throw new ConfigurationException(
          source
              + " line "
              + (malformed.getLocation() == null ? "?" : malformed.getLocation().getLineNr())
              + " is not YAML: "
              + firstLine(malformed.getOriginalMessage()),
          malformed);
    }
  }

  /** Binds a tree to a record; whatever does not fit is told with the source and the key. */
  public static <T> T bind(String source, JsonNode tree, Class<T> type) {
    requireNoEmptyEntry(source, "", tree);
    try {
      return TREES.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException unknown) {
      throw new ConfigurationException(
          source
              + ": unknown key "
              + path(unknown)
              + "; the nearest known one is "
              + nearest(unknown.getPropertyName(), unknown.getKnownPropertyIds()),
          unknown);
    } catch (JsonMappingException misfit) {
      throw new ConfigurationException(source + ": " + reason(misfit), misfit);
    } catch (JsonProcessingException malformed) {
      throw new ConfigurationException(
          source + ": " + firstLine(malformed.getOriginalMessage()), malformed);
    }
  }

  /** A record as the tree that {@link #bind} would make it from. */
  public static ObjectNode tree(Record value) {
    return TREES.valueToTree(value);
  }

  private static void requireNoEmptyEntry(String source, String path, JsonNode tree) {
    for (int i = 0; tree.isArray() && i < tree.size(); i++) {
      if (tree.get(i).isNull()) {
        throw new ConfigurationException(
            source + ": " + path + "[" + i + "] is empty; remove it or give it a value");
      }
      requireNoEmptyEntry(source, path + "[" + i + "]", tree.get(i));
    }
    for (Iterator<Map.Entry<String, JsonNode>> fields = tree.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      requireNoEmptyEntry(
          source, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue());
    }
  }

  /** Maps merge key by key, an empty one changes nothing; all else, lists included, replaces. */
  public static void merge(ObjectNode defaults, ObjectNode overlay) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = overlay.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode known = defaults.get(field.getKey());
      if (known instanceof ObjectNode section && field.getValue() instanceof ObjectNode changes) {
        merge(section, changes);
      } else if (!(known instanceof ObjectNode && isEmpty(field.getValue()))) {
        defaults.set(field.getKey(), field.getValue());
      }
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.textValue().isEmpty());
  }

  private static String reason(IOException unreadable) {
    return unreadable instanceof CharacterCodingException
        ? "it is not UTF-8 text"
        : Reason.of(unreadable);
  }

  /** What a record refuses is told in its own words, what a type refuses in ours. */
  private static String reason(JsonMappingException misfit) {
    if (misfit.getCause() instanceof IllegalArgumentException refused) {
      return refused.getMessage();
    }
    String key = path(misfit);
    if (misfit instanceof InvalidFormatException unfit) {
      return key + " is " + unfit.getValue() + "; " + kind(unfit.getTargetType());
    }
    if (misfit instanceof MismatchedInputException unfit) {
      String message = String.valueOf(unfit.getOriginalMessage());
      return message.contains("Missing") || message.contains("missing")
          ? (key.isEmpty() ? "a key" : key) + " is missing; give it a value"
          : key + " does not fit; " + kind(unfit.getTargetType());
    }
    return key + " does not fit; see conf/assay.yaml for its form";
  }

  private static String kind(Class<?> type) {
    if (type == null || type.isRecord()) {
      return "it is a map of keys";
    }
    if (type == int.class || type == long.class) {
      return "a whole number"
          + (type == int.class ? " of at most " + Integer.MAX_VALUE : " of at most 18 digits");
    }
    if (type == double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return Collection.class.isAssignableFrom(type) ? "it is a list" : "it is a text";
  }

  private static String path(JsonMappingException exception) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : exception.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String nearest(String key, Collection<Object> known) {
    return known.stream()
        .map(Object::toString)
        .min(Comparator.comparingInt((String candidate) -> DISTANCE.apply(key, candidate)))
        .orElse("none");
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}

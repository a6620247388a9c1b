package dev.assay.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.assay.chain.rpc.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** YAML into records: snake_case keys, none unknown, none twice, none missing. */
public final class StrictYaml {
  /** A configuration is written by hand; more is a mistake. */
  private static final long MAX_FILE_BYTES = 1 << 20;

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Trees of YAML bind, and are written, as JSON does. */
  static final JsonMapper TREES =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(new Jdk8Module())
          .addModule(MeasureText.module())
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
      requireNoKeyTwice(source, text);
      JsonNode tree = YAML.readTree(text);
      return tree == null || tree.isMissingNode() || tree.isNull()
          ? TREES.createObjectNode()
          : tree;
    } catch (IOException malformed) {
      throw new ConfigurationException(notYaml(source, malformed), malformed);
    }
  }

  private static String notYaml(String source, IOException malformed) {
    return malformed instanceof JsonProcessingException at
        ? "%s line %s is not YAML: %s"
            .formatted(
                source,
                at.getLocation() == null ? "?" : at.getLocation().getLineNr(),
                firstLine(at.getOriginalMessage()))
        : source + " is not YAML";
  }

  /** Jackson would end at the first. */
  private static void requireNoKeyTwice(String source, String text) throws IOException {
    List<String> faults = new ArrayList<>();
    Deque<Set<String>> open = new ArrayDeque<>();
    try (JsonParser parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          open.push(new HashSet<>());
        } else if (token == JsonToken.END_OBJECT) {
          open.pop();
        } else if (token == JsonToken.FIELD_NAME && !open.element().add(parser.currentName())) {
          faults.add(
              "%s line %d: the key %s stands there twice; keep one"
                  .formatted(source, parser.getTokenLocation().getLineNr(), parser.currentName()));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }

  /**
   * Binds a tree to a record.
   *
   * @throws ConfigurationException with everything that does not fit, by the source and the key
   */
  public static <T> T bind(String source, JsonNode tree, Class<T> type) {
    return bind(source, tree, type, MissingNode.getInstance());
  }

  /** The same with {@link Binding}'s stand-ins. */
  static <T> T bind(String source, JsonNode tree, Class<T> type, JsonNode standIns) {
    Binding binding = new Binding(TREES, standIns);
    return binding
        .bind(tree, type)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    binding.faults().stream().map(fault -> source + ": " + fault).toList()));
  }

  /** A record as the tree that {@link #bind} would make it from. */
  public static ObjectNode tree(Record value) {
    return TREES.valueToTree(value);
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

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}

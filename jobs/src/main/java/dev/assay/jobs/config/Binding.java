package dev.assay.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.score.LimitsException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Binds a tree to a record and gathers all that does not fit: Jackson alone would stop at the first
 * fault. Where a value does not fit, a stand-in takes its place, so that the limits of the values
 * beside it are still checked.
 */
final class Binding {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /** What is written as a number with a unit. */
  private static final Set<Class<?>> MEASURES = Set.of(Duration.class, DataSize.class);

  private final JsonMapper trees;
  private final JsonNode standIns;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param standIns values that fit with any others, at the same places; an entry of a list is
   *     stood in for by the first of its list, and where there is none, nothing stands in
   */
  Binding(JsonMapper trees, JsonNode standIns) {
    this.trees = trees;
    this.standIns = standIns;
  }

  /**
   * The tree as a record.
   *
   * @return empty if anything does not fit
   */
  <T> Optional<T> bind(JsonNode tree, Class<T> type) {
    check("", tree, trees.constructType(type), standIns);
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(trees.treeToValue(tree, type));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("what was checked does not bind", impossible);
    }
  }

  /** One for each fault: the key, the value, the limit; without the file. */
  List<String> faults() {
    return faults;
  }

  private void check(String path, JsonNode node, JavaType type, JsonNode standIn) {
    if (type.isReferenceType()) {
      if (!node.isNull()) {
        check(path, node, type.getContentType(), standIn);
      }
    } else if (node.isObject() && isSection(type)) {
      checkRecord(path, node, type, standIn);
    } else if (node.isArray() && type.isCollectionLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        checkEntry(path + "[" + i + "]", node.get(i), type.getContentType(), standIn.path(0));
      }
    } else if (node.isObject() && type.isMapLikeType()) {
      checkMap(path, node, type);
    } else if (node.isNull() && (type.isPrimitive() || MEASURES.contains(type.getRawClass()))) {
      faults.add(path + " is empty; give it a value");
    } else {
      bindAlone(path, node, type);
    }
  }

  /** A record whose components are keys, not a value that is written as one text. */
  private static boolean isSection(JavaType type) {
    return type.isRecordType() && !MEASURES.contains(type.getRawClass());
  }

  private void checkMap(String path, JsonNode node, JavaType type) {
    int before = faults.size();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      checkEntry(key(path, name), node.get(name), type.getContentType(), MissingNode.getInstance());
    }
    if (faults.size() == before) {
      bindAlone(path, node, type);
    }
  }

  private void checkEntry(String path, JsonNode node, JavaType type, JsonNode standIn) {
    if (node.isNull()) {
      faults.add(path + " is empty; remove it or give it a value");
    } else {
      check(path, node, type, standIn);
    }
  }

  private void checkRecord(String path, JsonNode node, JavaType type, JsonNode standIn) {
    List<String> known = new ArrayList<>();
    ObjectNode sound = trees.createObjectNode();
    boolean complete = true;
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
      JavaType of = trees.constructType(component.getGenericType());
      known.add(name);
      int before = faults.size();
      if (node.has(name)) {
        check(key(path, name), node.get(name), of, standIn.path(name));
      } else if (!of.isReferenceType()) {
        faults.add(key(path, name) + " is missing; give it a value");
      }
      JsonNode value = faults.size() == before ? node.path(name) : standIn.path(name);
      if (!value.isMissingNode()) {
        sound.set(name, value);
      }
      complete &= faults.size() == before || !value.isMissingNode();
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        faults.add(
            "unknown key %s; the nearest known one is %s"
                .formatted(key(path, name), nearest(name, known)));
      }
    }
    if (complete) {
      bindAlone(path, sound, type);
    }
  }

  /** What a record refuses is told in its own words, what a type refuses in ours. */
  private void bindAlone(String path, JsonNode node, JavaType type) {
    try {
      Object value = trees.readerFor(type).readValue(node);
      if (value instanceof Checked record) {
        record.check();
      }
    } catch (IllegalArgumentException refused) {
      faults.addAll(LimitsException.faults(refused));
    } catch (IOException misfit) {
      if (misfit.getCause() instanceof IllegalArgumentException refused && isSection(type)) {
        faults.addAll(LimitsException.faults(refused));
      } else {
        faults.add(misfit(path, node, type));
      }
    }
  }

  private static String misfit(String path, JsonNode node, JavaType type) {
    String subject = path.isEmpty() ? "the file" : path;
    boolean oneValue = !isSection(type) && !type.isContainerType();
    return oneValue && node.isValueNode() && !node.isNull()
        ? subject + " is " + node.asText() + "; " + kind(type)
        : subject + " does not fit; " + kind(type);
  }

  private static String kind(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == DataSize.class) {
      return "a size with its unit, such as 64KiB, 512MiB or 2GiB";
    }
    if (raw == Duration.class) {
      return "a time with its unit, such as 500ms, 30s, 5m or 2h";
    }
    if (isSection(type) || type.isMapLikeType()) {
      return "it is a map of keys";
    }
    if (raw == int.class || raw == Integer.class) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    }
    if (raw == long.class || raw == Long.class) {
      return "a whole number of at most 18 digits";
    }
    if (raw == double.class || raw == Double.class) {
      return "a number";
    }
    if (raw == boolean.class) {
      return "true or false";
    }
    return type.isCollectionLikeType() ? "it is a list" : "it is a text";
  }

  private static String key(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String nearest(String key, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> DISTANCE.apply(key, candidate)))
        .orElse("none");
  }
}

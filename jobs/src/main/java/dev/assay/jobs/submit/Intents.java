package dev.assay.jobs.submit;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.storage.NamedObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The intents of one validator, one per window, each created once and never changed: where they are
 * stored decides between processes that race. The {@code weights} table is the record; this is the
 * lock.
 */
record Intents(NamedObjects objects) {
  /** A vector of 65,536 UIDs is a tenth of it. */
  private static final long MOST_BYTES = 16L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Makes the intent, unless its window has one.
   *
   * @return the window's intent: this one, or the one that was first
   */
  WeightIntent claim(WeightIntent intent) {
    return objects.create(name(intent), bytes(intent)) ? intent : find(intent).orElseThrow();
  }

  /** The window's intent, if it has one. */
  Optional<WeightIntent> find(WeightIntent sameWindow) {
    String name = name(sameWindow);
    return objects.read(name, MOST_BYTES).map(content -> read(name, content));
  }

  private static byte[] bytes(WeightIntent intent) {
    try {
      return JSON.writeValueAsBytes(intent);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("intents are plain values", impossible);
    }
  }

  /** Objects of a release that did not record the chain are read as of an unknown one. */
  private WeightIntent read(String name, byte[] content) {
    try {
      JsonNode tree = JSON.readTree(content);
      if (!(tree instanceof ObjectNode intent)) {
        throw new JsonParseException("no JSON object");
      }
      if (!intent.has("genesis")) {
        intent.put("genesis", WeightIntent.UNKNOWN_CHAIN);
      }
      return JSON.treeToValue(intent, WeightIntent.class);
    } catch (IOException damaged) {
      throw new UncheckedIOException(
          objects.address(name) + " is damaged; restore it, or set no weights in this window",
          damaged);
    }
  }

  private static String name(WeightIntent intent) {
    return "%d-%d-%s-%d.json"
        .formatted(intent.netuid(), intent.mechanism(), intent.hotkey(), intent.window());
  }
}

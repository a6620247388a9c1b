package dev.assay.model.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.text.ByteTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tokenizers as large as the gate lets through, each in another way: what native code makes of them
 * is what a miner can make a validator's machine hold.
 */
final class LargestTokenizers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_IDS = 1 << 19;

  private LargestTokenizers() {}

  static Map<String, Consumer<ObjectNode>> all() {
    Map<String, Consumer<ObjectNode>> all = new LinkedHashMap<>();
    all.put("the byte tokenizer", t -> {});
    all.put("as many tokens as may be, short", t -> vocabulary(t, MOST_IDS - 300, 8));
    all.put("as many bytes as may be, in long tokens", t -> vocabulary(t, 40_000, 1000));
    all.put(
        "as many merges as may be",
        t -> {
          vocabulary(t, MOST_IDS - 300, 3);
          ArrayNode merges = ((ObjectNode) t.get("model")).putArray("merges");
          for (int i = 0; i < MOST_IDS - 300; i++) {
            merges.add("a b");
          }
          ((ObjectNode) t.get("model").get("vocab")).put("ab", 299);
        });
    all.put("as many added tokens as may be, short", t -> added(t, 8_000, 8));
    all.put("as many added tokens as may be, long", t -> added(t, 8_000, 1000));
    return all;
  }

  static void write(Path file, Consumer<ObjectNode> change) throws Exception {
    ByteTokenizer.write(file);
    ObjectNode tokenizer = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(tokenizer);
    Files.write(file, JSON.writeValueAsBytes(tokenizer));
  }

  private static void vocabulary(ObjectNode tokenizer, int tokens, int length) {
    ObjectNode vocabulary = (ObjectNode) tokenizer.get("model").get("vocab");
    for (int i = 0; i < tokens; i++) {
      vocabulary.put(text(i, length), 300 + i);
    }
  }

  private static void added(ObjectNode tokenizer, int tokens, int length) {
    ArrayNode added = (ArrayNode) tokenizer.get("added_tokens");
    for (int i = 0; i < tokens; i++) {
      added
          .addObject()
          .put("id", 300 + i)
          .put("content", text(i, length))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", i % 2 == 0)
          .put("special", false);
    }
  }

  /** Letters that differ from the first on, so that no two texts share a beginning. */
  private static String text(int number, int length) {
    StringBuilder text = new StringBuilder();
    long state = number;
    while (text.length() < length) {
      text.append((char) ('a' + Math.floorMod(state, 26)));
      state = (state * 6364136223846793005L + 1442695040888963407L) >>> 1;
    }
    return text.toString();
  }
}

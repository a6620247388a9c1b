package dev.assay.model.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A tokenizer of single bytes: ids 0 to 255 are the bytes of UTF-8, then come the special tokens of
 * {@link ChatTemplate#PLAIN}.
 */
public final class ByteTokenizer {
  /** The special tokens; the first one's id is 256. */
  public static final List<String> SPECIAL_TOKENS =
      List.of("<|bos|>", "<|user|>", "<|assistant|>", "<|end|>");

  /** Number of ids. */
  public static final int VOCABULARY = 256 + 4;

  private ByteTokenizer() {}

  /**
   * Writes a tokenizer.json that Hugging Face's tokenizers read; the file appears whole or not at
   * all.
   */
  public static void write(Path tokenizerJson) throws IOException {
    Path unfinished = tokenizerJson.resolveSibling(tokenizerJson.getFileName() + ".unfinished");
    Files.write(unfinished, json());
    Files.move(
        unfinished,
        tokenizerJson,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The bytes of the file. */
  static byte[] json() throws IOException {
    return new ObjectMapper().writeValueAsBytes(tree());
  }

  /** SHA-256 of the file, in lower-case hexadecimal. */
  static String digest() throws IOException {
    return TokenizerGate.digest(json());
  }

  private static ObjectNode tree() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int i = 0; i < SPECIAL_TOKENS.size(); i++) {
      added
          .addObject()
          .put("id", 256 + i)
          .put("content", SPECIAL_TOKENS.get(i))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel());
    root.putNull("post_processor");
    root.set("decoder", byteLevel());
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int b = 0; b < 256; b++) {
      vocabulary.put(Character.toString(visible(b)), b);
    }
    model.putArray("merges");
    return root;
  }

  private static ObjectNode byteLevel() {
    return new ObjectMapper()
        .createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  /**
   * The character that byte-level tokenizers (GPT-2's and all after it) write for a byte: itself
   * where it is visible, else the next free one from U+0100 on.
   */
  private static int visible(int b) {
    int shifted = 0;
    for (int i = 0; i < b; i++) {
      shifted += isVisible(i) ? 0 : 1;
    }
    return isVisible(b) ? b : 256 + shifted;
  }

  private static boolean isVisible(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
  }
}

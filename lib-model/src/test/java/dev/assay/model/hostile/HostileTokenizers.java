package dev.assay.model.hostile;

import static dev.assay.model.hostile.HostileCheckpoint.harmless;
import static dev.assay.model.hostile.HostileCheckpoint.refused;
import static dev.assay.model.hostile.Tampering.llamaAnd;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.text.ByteTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tokenizers that would take forever, or all memory, to load or to use. */
final class HostileTokenizers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CATASTROPHE = "(a+)+$";

  private HostileTokenizers() {}

  static Stream<HostileCheckpoint> all() {
    return Stream.of(
        harmless("a good tokenizer", tokenizer(t -> {})),
        refused("a tokenizer that is no JSON", Rejection.MALFORMED_TOKENIZER, text("]")),
        refused("an empty tokenizer", Rejection.MALFORMED_TOKENIZER, text("")),
        refused(
            "a tokenizer that stops",
            Rejection.MALFORMED_TOKENIZER,
            text("{\"model\":{\"vocab\":{\"a\":")),
        refused("a tokenizer that is an array", Rejection.MALFORMED_TOKENIZER, text("[]")),
        refused("a tokenizer without tokens", Rejection.MALFORMED_TOKENIZER, text("{}")),
        refused(
            "a tokenizer nested without end",
            Rejection.MALFORMED_TOKENIZER,
            text("{\"normalizer\":" + "{\"a\":".repeat(100_000))),
        refused(
            "a largest token id",
            Rejection.TOKENIZER_TOO_LARGE,
            vocabulary(v -> v.put("a", Integer.MAX_VALUE))),
        refused(
            "a token id beyond",
            Rejection.MALFORMED_TOKENIZER,
            vocabulary(v -> v.put("a", 1L << 40))),
        refused(
            "a negative token id", Rejection.MALFORMED_TOKENIZER, vocabulary(v -> v.put("a", -1))),
        refused("half a token id", Rejection.MALFORMED_TOKENIZER, vocabulary(v -> v.put("a", 0.5))),
        refused(
            "a token of a megabyte",
            Rejection.TOKENIZER_TOO_LARGE,
            vocabulary(v -> v.put("x".repeat(1 << 20), 300))),
        refused(
            "an added token far away",
            Rejection.TOKENIZER_TOO_LARGE,
            tokenizer(
                t ->
                    ((ArrayNode) t.get("added_tokens"))
                        .addObject()
                        .put("id", 2_000_000_000)
                        .put("content", "x"))),
        refused(
            "an added token without an id",
            Rejection.MALFORMED_TOKENIZER,
            tokenizer(t -> ((ArrayNode) t.get("added_tokens")).addObject().put("content", "x"))),
        refused(
            "a hundred thousand added tokens",
            Rejection.TOKENIZER_TOO_LARGE,
            tokenizer(
                t -> {
                  for (int i = 0; i < 100_000; i++) {
                    ((ArrayNode) t.get("added_tokens"))
                        .addObject()
                        .put("id", i)
                        .put("content", "t" + i);
                  }
                })),
        off("a pattern without end", t -> split(t.putObject("pre_tokenizer"))),
        off(
            "a pattern deep inside",
            t ->
                split(
                    t.putObject("pre_tokenizer")
                        .put("type", "Sequence")
                        .putArray("pretokenizers")
                        .addObject())),
        off("a pattern in the normalizer", t -> replace(t.putObject("normalizer"))),
        off("a pattern in the decoder", t -> replace(t.putObject("decoder"))),
        off("an unknown step", t -> t.putObject("pre_tokenizer").put("type", "Python")),
        off(
            "a binary map",
            t ->
                t.putObject("normalizer")
                    .put("type", "Precompiled")
                    .put("precompiled_charsmap", "AAAA")),
        off("an unknown model", t -> ((ObjectNode) t.get("model")).put("type", "Neural")),
        off(
            "a model without a type, which native code takes for what fits",
            t -> ((ObjectNode) t.get("model")).remove("type")),
        off(
            "a list of tokens and scores without a type",
            t -> {
              ObjectNode model = t.putObject("model").put("unk_id", 0);
              model.putArray("vocab").addArray().add("a").add(-1.5);
            }),
        off(
            "a model of another kind of tokenizer without a type",
            t -> ((ObjectNode) t.get("model")).put("max_input_chars_per_word", 1_000_000_000)),
        off(
            "a prefix longer than a token",
            t -> ((ObjectNode) t.get("model")).put("continuing_subword_prefix", "##")),
        off("a suffix of words", t -> ((ObjectNode) t.get("model")).put("end_of_word_suffix", "x")),
        off(
            "an unknown token that is none",
            t -> ((ObjectNode) t.get("model")).put("unk_token", "nowhere")),
        off("a step without a type", t -> t.putObject("normalizer").put("lowercase", true)),
        off(
            "a list of steps without a type",
            t -> t.putObject("pre_tokenizer").putArray("pretokenizers")),
        off(
            "a step without a type in a list",
            t ->
                t.putObject("pre_tokenizer")
                    .put("type", "Sequence")
                    .putArray("pretokenizers")
                    .addObject()
                    .put("add_prefix_space", true)),
        off("steps whose type is a number", t -> t.putObject("normalizer").put("type", 1)),
        off(
            "a list of steps in a list",
            t ->
                t.putObject("normalizer")
                    .put("type", "Sequence")
                    .putArray("normalizers")
                    .addObject()
                    .put("type", "Sequence")
                    .putArray("normalizers")),
        off("twenty-five steps that double", t -> byteLevels(t, "pre_tokenizer", "pretokenizers")),
        off("two steps that double", t -> byteLevels(t, "decoder", "decoders")),
        off(
            "a step that doubles in the normalizer",
            t -> t.putObject("normalizer").put("type", "ByteLevel")),
        off("an unknown key of a step", t -> ((ObjectNode) t.get("pre_tokenizer")).put("x", 1)),
        off("an unknown key of the file", t -> t.put("x", 1)),
        off(
            "a step with a number for a flag",
            t -> ((ObjectNode) t.get("pre_tokenizer")).put("use_regex", 1)),
        off(
            "a decoder that cuts without end",
            t ->
                t.putObject("decoder")
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", Integer.MAX_VALUE)
                    .put("stop", 0)),
        off(
            "a template that calls a token it does not have",
            t -> {
              ObjectNode template = t.putObject("post_processor").put("type", "TemplateProcessing");
              for (String kind : new String[] {"single", "pair"}) {
                ObjectNode piece = template.putArray(kind).addObject();
                piece.putObject("SpecialToken").put("id", "<s>").put("type_id", 0);
              }
              template.putObject("special_tokens");
            }),
        refused(
            "a token twice",
            Rejection.MALFORMED_TOKENIZER,
            text("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"a\":1},\"merges\":[]}}")),
        refused(
            "a merge of numbers",
            Rejection.MALFORMED_TOKENIZER,
            tokenizer(t -> ((ObjectNode) t.get("model")).putArray("merges").addArray().add(1))),
        off("a tokenizer that rolls dice", t -> ((ObjectNode) t.get("model")).put("dropout", 0.5)),
        off(
            "a tokenizer of another kind of model",
            t -> ((ObjectNode) t.get("model")).put("type", "Unigram")),
        harmless("as many merges as Llama 3 has for its tokens", tokenizer(t -> merges(t, 570))),
        off("many more merges than tokens", t -> merges(t, 1100)),
        off(
            "a step that writes a megabyte for a letter",
            t -> replace(t.putObject("normalizer"), "e", "x".repeat(1 << 20))),
        off("a step that doubles every letter", t -> replace(t.putObject("normalizer"), "e", "ee")),
        off(
            "a step that finds nothing everywhere",
            t -> replace(t.putObject("normalizer"), "", "x")),
        off(
            "a step that writes a page before the text",
            t -> t.putObject("normalizer").put("type", "Prepend").put("prepend", "x".repeat(4000))),
        off(
            "a thousand steps",
            t -> {
              ObjectNode all = t.putObject("normalizer").put("type", "Sequence");
              ArrayNode steps = all.putArray("normalizers");
              for (int i = 0; i < 1000; i++) {
                replace(steps.addObject(), "e", "a");
              }
            }),
        off(
            "a template that repeats the text a thousand times",
            t -> {
              ObjectNode template = t.putObject("post_processor").put("type", "TemplateProcessing");
              for (String kind : new String[] {"single", "pair"}) {
                ArrayNode pieces = template.putArray(kind);
                for (int i = 0; i < 1000; i++) {
                  pieces.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
                }
              }
              template.putObject("special_tokens");
            }),
        refused(
            "a harmless step before a harmful one of the same name",
            Rejection.TOKENIZER_NOT_ALLOWED,
            directory -> {
              tokenizer(t -> {}).write(directory);
              Path file = directory.resolve("tokenizer.json");
              String steps =
                  "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\""
                      + CATASTROPHE
                      + "\"}},";
              Files.writeString(file, steps + Files.readString(file).substring(1));
            }));
  }

  private static HostileCheckpoint off(String name, Consumer<ObjectNode> change) {
    return refused(name, Rejection.TOKENIZER_NOT_ALLOWED, tokenizer(change));
  }

  private static void merges(ObjectNode tokenizer, int count) {
    ArrayNode merges = ((ObjectNode) tokenizer.get("model")).putArray("merges");
    for (int i = 0; i < count; i++) {
      merges.add("a b");
    }
  }

  private static void byteLevels(ObjectNode tokenizer, String key, String parts) {
    ArrayNode steps = tokenizer.putObject(key).put("type", "Sequence").putArray(parts);
    for (int i = 0; i < (key.equals("decoder") ? 2 : 25); i++) {
      steps.addObject().put("type", "ByteLevel").put("add_prefix_space", false);
    }
  }

  private static void split(ObjectNode step) {
    step.put("type", "Split").put("behavior", "Isolated").put("invert", false);
    step.putObject("pattern").put("Regex", CATASTROPHE);
  }

  private static void replace(ObjectNode step) {
    step.put("type", "Replace").put("content", "").putObject("pattern").put("Regex", CATASTROPHE);
  }

  private static void replace(ObjectNode step, String found, String content) {
    step.put("type", "Replace").put("content", content);
    step.putObject("pattern").put("String", found);
  }

  private static HostileCheckpoint.Writer vocabulary(Consumer<ObjectNode> change) {
    return tokenizer(t -> change.accept((ObjectNode) t.get("model").get("vocab")));
  }

  private static HostileCheckpoint.Writer tokenizer(Consumer<ObjectNode> change) {
    return Tampering.llamaThen(
        directory -> {
          Path file = directory.resolve("tokenizer.json");
          ByteTokenizer.write(file);
          ObjectNode tokenizer = (ObjectNode) JSON.readTree(file.toFile());
          change.accept(tokenizer);
          Files.write(file, JSON.writeValueAsBytes(tokenizer));
        });
  }

  private static HostileCheckpoint.Writer text(String text) {
    return llamaAnd("tokenizer.json", text);
  }
}

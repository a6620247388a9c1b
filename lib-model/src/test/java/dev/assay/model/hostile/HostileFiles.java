package dev.assay.model.hostile;

import static dev.assay.model.hostile.HostileCheckpoint.harmless;
import static dev.assay.model.hostile.HostileCheckpoint.refused;
import static dev.assay.model.hostile.Tampering.llama;
import static dev.assay.model.hostile.Tampering.llamaAnd;
import static dev.assay.model.hostile.Tampering.llamaThen;

import dev.assay.model.rejection.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Wrong files, wrong names, wrong kinds, wrong sizes. */
final class HostileFiles {
  private static final String ENDLESS =
      "{% for a in range(999999999) %}{% for b in range(999999999) %}x{% endfor %}{% endfor %}";
  private static final String ESCAPE = "{{ ''.__class__.__mro__[1].__subclasses__() }}";

  private HostileFiles() {}

  static Stream<HostileCheckpoint> all() {
    return Stream.concat(Stream.concat(names(), kinds()), shards());
  }

  private static Stream<HostileCheckpoint> names() {
    return Stream.of(
        refused("nothing at all", Rejection.MISSING_FILE, directory -> {}),
        refused(
            "no configuration",
            Rejection.MISSING_FILE,
            llamaThen(directory -> Files.delete(directory.resolve("config.json")))),
        refused(
            "no weights",
            Rejection.MISSING_FILE,
            llamaThen(directory -> Files.delete(directory.resolve("model.safetensors")))),
        refused(
            "a pickle", Rejection.FILE_NOT_ALLOWED, llamaAnd("pytorch_model.bin", "\u0080\u0002c")),
        harmless("a trainer's pickle", llamaAnd("training_args.bin", "x")),
        harmless("a random state", llamaAnd("rng_state.pth", "x")),
        refused("code", Rejection.FILE_NOT_ALLOWED, llamaAnd("modeling_llama.py", "import os")),
        refused("a shared library", Rejection.FILE_NOT_ALLOWED, llamaAnd("libtorch.so", "x")),
        refused(
            "an adapter", Rejection.FILE_NOT_ALLOWED, llamaAnd("adapter_model.safetensors", "x")),
        refused("a name in capitals", Rejection.FILE_NOT_ALLOWED, llamaAnd("Config.json", "{}")),
        refused("a hidden file", Rejection.FILE_NOT_ALLOWED, llamaAnd(".bashrc", "x")),
        refused("a reserved name", Rejection.FILE_NOT_ALLOWED, llamaAnd("CON", "x")),
        refused(
            "a Cyrillic letter", Rejection.NAME_NOT_ALLOWED, llamaAnd("c\u043enfig.json", "{}")),
        refused("a full-width dot", Rejection.NAME_NOT_ALLOWED, llamaAnd("config\uff0ejson", "{}")),
        refused(
            "a zero-width space", Rejection.NAME_NOT_ALLOWED, llamaAnd("config\u200b.json", "{}")),
        refused(
            "a turned direction", Rejection.NAME_NOT_ALLOWED, llamaAnd("\u202enosj.gifnoc", "{}")),
        refused("a line break in a name", Rejection.NAME_NOT_ALLOWED, llamaAnd("a\nb", "x")),
        refused("a terminal's escape", Rejection.NAME_NOT_ALLOWED, llamaAnd("\u001b[2J", "x")),
        refused("a long name", Rejection.NAME_NOT_ALLOWED, llamaAnd("a".repeat(200), "x")),
        refused("a backslash", Rejection.NAME_NOT_ALLOWED, llamaAnd("..\\config.json", "x")),
        refused("a space", Rejection.NAME_NOT_ALLOWED, llamaAnd("config.json ", "x")),
        harmless("an endless template", llamaAnd("chat_template.jinja", ENDLESS)),
        harmless(
            "a template that would escape",
            llamaAnd("tokenizer_config.json", "{\"chat_template\": \"" + ESCAPE + "\"}")),
        harmless(
            "code named by a configuration that nobody follows",
            Tampering.configuration(
                config -> config.putObject("auto_map").put("AutoModelForCausalLM", "evil.Model"))));
  }

  private static Stream<HostileCheckpoint> kinds() {
    return Stream.of(
        refused(
            "a configuration that links away",
            Rejection.NOT_A_REGULAR_FILE,
            llamaThen(directory -> link(directory, "config.json", Path.of("/etc/passwd")))),
        refused(
            "weights that link away",
            Rejection.NOT_A_REGULAR_FILE,
            llamaThen(directory -> link(directory, "model.safetensors", Path.of("/dev/zero")))),
        refused(
            "a link to itself",
            Rejection.NOT_A_REGULAR_FILE,
            llamaThen(directory -> link(directory, "tokenizer.json", Path.of("tokenizer.json")))),
        refused(
            "a folder for weights",
            Rejection.NOT_A_REGULAR_FILE,
            directory -> {
              llama(directory);
              Files.delete(directory.resolve("model.safetensors"));
              Files.createDirectory(directory.resolve("model.safetensors"));
            }),
        refused(
            "a folder",
            Rejection.FILE_NOT_ALLOWED,
            llamaThen(directory -> Files.createDirectory(directory.resolve("onnx")))),
        refused(
            "a large configuration",
            Rejection.FILE_TOO_LARGE,
            llamaThen(
                directory ->
                    Tampering.sparse(directory.resolve("config.json"), new byte[0], 1 << 21))),
        refused(
            "a large tokenizer",
            Rejection.FILE_TOO_LARGE,
            llamaThen(
                directory ->
                    Tampering.sparse(directory.resolve("tokenizer.json"), new byte[0], 1L << 31))),
        refused(
            "weights of a terabyte",
            Rejection.FILE_TOO_LARGE,
            llamaThen(
                directory ->
                    Tampering.sparse(
                        directory.resolve("model.safetensors"), new byte[0], 1L << 40))),
        refused(
            "two shards that are too large together",
            Rejection.CHECKPOINT_TOO_LARGE,
            llamaThen(
                directory -> {
                  for (int i = 1; i <= 2; i++) {
                    Tampering.sparse(
                        directory.resolve("model-0000" + i + "-of-00002.safetensors"),
                        new byte[0],
                        8L << 30);
                  }
                })),
        refused(
            "hundreds of shards",
            Rejection.TOO_MANY_FILES,
            directory -> {
              for (int i = 0; i < 300; i++) {
                Files.createFile(
                    directory.resolve(String.format("model-%05d-of-00300.safetensors", i)));
              }
            }));
  }

  private static Stream<HostileCheckpoint> shards() {
    return Stream.of(
        refused("an index that is no JSON", Rejection.MALFORMED_JSON, index("{\"weight_map\":")),
        refused("an index without a map", Rejection.WRONG_INDEX, index("{\"weight_map\":[]}")),
        refused("an index of numbers", Rejection.WRONG_INDEX, index("{\"weight_map\":{\"a\":7}}")),
        refused(
            "an index that climbs",
            Rejection.WRONG_INDEX,
            index("{\"weight_map\":{\"a\":\"../../../../etc/passwd\"}}")),
        refused(
            "an index of absolute paths",
            Rejection.WRONG_INDEX,
            index("{\"weight_map\":{\"a\":\"/etc/passwd\"}}")),
        refused(
            "an index of addresses",
            Rejection.WRONG_INDEX,
            index("{\"weight_map\":{\"a\":\"http://localhost/model.safetensors\"}}")),
        refused(
            "a missing shard",
            Rejection.MISSING_SHARD,
            index("{\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\"}}")),
        refused(
            "an index of other tensors",
            Rejection.WRONG_INDEX,
            index("{\"weight_map\":{\"a\":\"model.safetensors\"}}")),
        refused(
            "an index with a key twice",
            Rejection.MALFORMED_JSON,
            index("{\"weight_map\":{\"a\":\"model.safetensors\",\"a\":\"model.safetensors\"}}")),
        refused(
            "an index nested without end", Rejection.MALFORMED_JSON, index("[".repeat(100_000))),
        refused(
            "a shard that no index mentions",
            Rejection.MISSING_FILE,
            llamaAnd("model-00001-of-00002.safetensors", "")),
        refused(
            "a tensor in two shards",
            Rejection.WRONG_INDEX,
            llamaThen(
                directory -> {
                  String first = "model-00001-of-00002.safetensors";
                  String second = "model-00002-of-00002.safetensors";
                  Files.copy(directory.resolve("model.safetensors"), directory.resolve(first));
                  Files.move(directory.resolve("model.safetensors"), directory.resolve(second));
                  Files.writeString(
                      directory.resolve("model.safetensors.index.json"),
                      "{\"weight_map\":{\"a\":\"" + first + "\",\"b\":\"" + second + "\"}}");
                })));
  }

  private static HostileCheckpoint.Writer index(String text) {
    return llamaAnd("model.safetensors.index.json", text);
  }

  private static void link(Path directory, String name, Path target) throws Exception {
    Files.deleteIfExists(directory.resolve(name));
    Files.createSymbolicLink(directory.resolve(name), target);
  }
}

package dev.assay.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.family.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as trainers, hubs and older versions of transformers leave them. */
class PublishedFoldersTest {
  private static final CheckpointLimits LIMITS = CheckpointLimits.defaults();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** Phi's head has a bias, which a model without its head has not. */
  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PHI", "GPTJ"})
  void namesMayLackTheFamilysPrefix(Family family) throws Exception {
    Checkpoint named = write(family, name -> name, List.of());
    String prefix = StoredTensors.prefix(named.expectedTensors());

    Checkpoint bare = write(family, name -> name.replace(prefix, ""), List.of());

    assertThat(bare.tensors().keySet()).isEqualTo(named.tensors().keySet());
  }

  @Test
  void someNamesWithoutThePrefixAreRefused() {
    assertThatThrownBy(
            () ->
                write(
                    Family.LLAMA,
                    name -> name.contains("norm") ? name.replace("model.", "") : name,
                    List.of()))
        .hasMessageContaining("the weights lack model.");
  }

  @ParameterizedTest
  @CsvSource({
    "GPT2, transformer.h.0.attn.bias, 1",
    "GPT2, transformer.h.1.attn.masked_bias, -10000",
    "GPT_NEOX, gpt_neox.layers.1.attention.bias, 1",
    "GPT_NEOX, gpt_neox.layers.0.attention.masked_bias, -1000000000",
    "GPT_NEOX, gpt_neox.layers.0.attention.rotary_emb.inv_freq, 1",
    "LLAMA, model.layers.1.self_attn.rotary_emb.inv_freq, 1",
    "LLAMA, model.rotary_emb.inv_freq, 1",
    "MISTRAL, model.layers.0.self_attn.rotary_emb.inv_freq, 1",
    "QWEN2, model.layers.0.self_attn.rotary_emb.inv_freq, 1",
    "PHI, model.layers.0.self_attn.rotary_emb.inv_freq, 1",
    "PHI3, model.layers.0.self_attn.rotary_emb.inv_freq, 1",
    "STABLELM, model.layers.0.self_attn.rotary_emb.inv_freq, 1",
    "GEMMA, model.layers.0.self_attn.rotary_emb.inv_freq, 1"
  })
  void aBufferThatTheConfigurationGivesLoads(Family family, String name, float value)
      throws Exception {
    List<Long> shape = shape(family, name);

    Checkpoint checkpoint =
        write(family, stored -> stored, List.of(new Buffer(name, shape, value)));

    assertThat(checkpoint.tensors()).doesNotContainKey(name);
    List<Long> empty = List.of(0L);
    assertThatThrownBy(
            () -> write(family, stored -> stored, List.of(new Buffer(name, empty, value))))
        .hasMessageContaining(name);
    assertThatThrownBy(() -> write(family, stored -> stored, List.of(new Buffer(name, shape, -7))))
        .hasMessageContaining("does not hold what config.json gives");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer.pt",
        "scheduler.pt",
        "rng_state.pth",
        "rng_state_3.pth",
        "trainer_state.json",
        "training_args.bin",
        ".DS_Store",
        "USE_POLICY.md",
        "LICENSE.md",
        "NOTICE",
        "chat_template.json",
        "preprocessor_config.json",
        "configuration.json"
      })
  void whatIsNeverDownloadedIsLeftAlone(String name) throws Exception {
    CheckpointBuilder.write(folder, CheckpointBuilder.llama());
    String digest = Checkpoint.open(folder, LIMITS).digest();
    Files.writeString(folder.resolve(name), "x");
    Files.createDirectories(folder.resolve(".cache/huggingface"));
    Files.createDirectories(folder.resolve("checkpoint-500"));

    assertThat(Checkpoint.open(folder, LIMITS).digest()).isEqualTo(digest);
  }

  @Test
  void aCachesLinksAreFollowed() throws Exception {
    Path snapshot = Files.createDirectories(folder.resolve("snapshots/1"));
    Path blobs = Files.createDirectories(folder.resolve("blobs"));
    CheckpointBuilder.write(snapshot, CheckpointBuilder.llama());
    for (String name : List.of("config.json", "model.safetensors")) {
      String blob = (name.startsWith("c") ? "a" : "b").repeat(40);
      Files.move(snapshot.resolve(name), blobs.resolve(blob));
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs/" + blob));
    }

    assertThat(Checkpoint.open(snapshot, LIMITS).config().layers()).isEqualTo(2);
  }

  @Test
  void aFolderMayBeBehindALink() throws Exception {
    CheckpointBuilder.write(folder.resolve("real"), CheckpointBuilder.llama());
    Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("real"));

    assertThat(Checkpoint.open(link, LIMITS).config().layers()).isEqualTo(2);
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none"), LIMITS))
        .hasMessageContaining("none is not a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch_model.bin                       | save them again with save_pretrained",
        "adapter_model.safetensors               | merge the adapter",
        "model.safetensors-00001-of-00002.safetensors | name the weights model.safetensors",
        "consolidated.safetensors                | name the weights model.safetensors",
        "model.gguf                              | save them again with save_pretrained",
        "modeling.py                             | keep it elsewhere"
      })
  void saysWhatToDoAboutFilesOfAnotherForm(String name, String advice) throws Exception {
    CheckpointBuilder.write(folder, CheckpointBuilder.llama());
    Files.writeString(folder.resolve(name), "x");

    assertThatThrownBy(() -> Checkpoint.open(folder, LIMITS))
        .hasMessageContaining(name)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("remove");
  }

  @Test
  void namesAllForeignFilesInOneLine() throws Exception {
    CheckpointBuilder.write(folder, CheckpointBuilder.llama());
    for (String name : List.of("one.txt", "two.txt", "three.txt")) {
      Files.writeString(folder.resolve(name), "x");
    }

    assertThatThrownBy(() -> Checkpoint.open(folder, LIMITS))
        .hasMessage(
            "\"one.txt\", \"three.txt\", \"two.txt\" are not files of a checkpoint; keep them"
                + " elsewhere");
  }

  @Test
  void anUnsupportedFamilyIsNamedPlainly() {
    assertThatThrownBy(() -> ConfigFile.parse("{\"model_type\": \"rwkv\"}".getBytes(UTF_8)))
        .hasMessageStartingWith("config.json has model_type = \"rwkv\"; supported: llama, ");
  }

  /** A tensor whose values are one number, or a mask of it. */
  private record Buffer(String name, List<Long> shape, float value) {}

  private static List<Long> shape(Family family, String name) {
    if (name.endsWith("masked_bias")) {
      return List.of();
    }
    long dimensions = family == Family.PHI ? 4 : family == Family.GPT_NEOX ? 2 : 8;
    dimensions = family == Family.STABLELM ? 2 : dimensions;
    return name.endsWith("inv_freq") ? List.of(dimensions / 2) : List.of(1L, 1L, 16L, 16L);
  }

  private Checkpoint write(Family family, UnaryOperator<String> rename, List<Buffer> buffers)
      throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", family.modelType());
    config.put("head_dim", 8).put("hidden_size", 32).put("tie_word_embeddings", true);
    config.put("num_key_value_heads", 4);
    config.put("num_experts", 4).put("num_local_experts", 4).put("num_experts_per_tok", 2);
    config.put("rope_theta", family == Family.OLMO3 ? 500_000 : 10_000);
    config.put("max_position_embeddings", 16);
    if (family == Family.FALCON) {
      config.remove("head_dim");
    }
    if (family == Family.GPT2 || family == Family.GPTJ) {
      config
          .put("rotary_dim", 4)
          .put("n_embd", 32)
          .put("n_head", 4)
          .put("n_layer", 2)
          .put("n_positions", 16);
    }
    byte[] json = JSON.writeValueAsBytes(config);
    Files.write(folder.resolve("config.json"), json);
    List<ExpectedTensor> tensors = new ArrayList<>();
    for (ExpectedTensor tensor : CheckpointBuilder.required(ConfigFile.parse(json))) {
      tensors.add(named(tensor, rename.apply(tensor.name()), tensor.shape()));
    }
    for (Buffer buffer : buffers) {
      tensors.add(named(tensors.get(0), buffer.name(), buffer.shape()));
    }
    WeightsFile.write(
        folder.resolve("model.safetensors"),
        tensors,
        ElementType.F32,
        (name, count) -> values(buffers, name, count));
    return Checkpoint.open(folder, LIMITS);
  }

  private static ExpectedTensor named(ExpectedTensor like, String name, List<Long> shape) {
    return new ExpectedTensor(
        like.part(), like.bias(), like.layer(), like.expert(), name, shape, false, true);
  }

  private static float[] values(List<Buffer> buffers, String name, int count) {
    float[] values = new float[count];
    for (Buffer buffer : buffers) {
      if (buffer.name().equals(name)) {
        int side = (int) Math.sqrt(count);
        for (int i = 0; i < count; i++) {
          values[i] = count < 64 || i % side <= i / side ? buffer.value() : 0;
        }
      }
    }
    return values;
  }
}

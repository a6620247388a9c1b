package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.Part;
import dev.assay.model.family.Family;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final CheckpointLimits LIMITS = CheckpointLimits.defaults();
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";

  @TempDir Path directory;

  @Test
  void describesALlama() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());

    Checkpoint checkpoint = Checkpoint.open(directory, LIMITS);

    int perLayer = 2 * 16 * 16 + 2 * 8 * 16 + 3 * 16 * 32 + 2 * 16;
    assertThat(checkpoint.config().family()).isEqualTo(Family.LLAMA);
    assertThat(checkpoint.tensors()).hasSize(2 * 9 + 3);
    assertThat(checkpoint.parameters()).isEqualTo(2 * 260 * 16 + 16 + 2 * perLayer);
    assertThat(checkpoint.bytes())
        .isEqualTo(
            Files.size(directory.resolve("config.json"))
                + Files.size(directory.resolve("model.safetensors")));
    assertThat(checkpoint.digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void findsTheTensorsOfEveryShard() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama().put("num_hidden_layers", 1));
    Checkpoint whole = Checkpoint.open(directory, LIMITS);
    shard(whole);

    Checkpoint sharded = Checkpoint.open(directory, LIMITS);

    assertThat(sharded.shards())
        .containsExactly(directory.resolve(FIRST), directory.resolve(SECOND));
    assertThat(sharded.tensors().keySet())
        .containsExactlyInAnyOrderElementsOf(whole.tensors().keySet());
    assertThat(sharded.parameters()).isEqualTo(whole.parameters());
    assertThatCode(() -> sharded.inspect(NormLimits.original())).doesNotThrowAnyException();
  }

  @Test
  void countsParametersFromHeadersAlone() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());
    CheckpointLimits few = new CheckpointLimits(256, 1 << 20, 1 << 20, 1 << 20, 100, 1000, 1 << 20);

    assertThatThrownBy(() -> Checkpoint.open(directory, few))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.TOO_MANY_PARAMETERS))
        .hasMessageContaining("the limit is 1000");
  }

  @Test
  void aTiedHeadMayBeStoredAndMayBeLeftOut() throws Exception {
    ObjectNode tied = storeWithHead((name, count) -> new float[count]);
    assertThat(Checkpoint.open(directory, LIMITS).tensors()).containsKey("lm_head.weight");

    CheckpointBuilder.write(directory, tied);
    assertThat(Checkpoint.open(directory, LIMITS).tensors()).doesNotContainKey("lm_head.weight");
  }

  /** Transformers 4 ties it all the same, transformers 5 does not. */
  @Test
  void aTiedHeadThatHoldsSomethingElseIsRefused() throws Exception {
    storeWithHead(
        (name, count) -> {
          float[] values = new float[count];
          values[count - 1] = name.equals("lm_head.weight") ? 1 : 0;
          return values;
        });

    assertThatThrownBy(() -> Checkpoint.open(directory, LIMITS))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.UNSUPPORTED_CONFIG))
        .hasMessageContaining("lm_head.weight holds something else than model.embed_tokens.weight");
  }

  private ObjectNode storeWithHead(TensorWeights weights) throws Exception {
    ObjectNode tied = CheckpointBuilder.llama().put("tie_word_embeddings", true);
    CheckpointBuilder.write(directory, tied);
    List<ExpectedTensor> all = Checkpoint.open(directory, LIMITS).expectedTensors();
    WeightsFile.write(directory.resolve("model.safetensors"), all, ElementType.F32, weights);
    return tied;
  }

  @Test
  void servesATokenizerThatItHasEmbeddingsFor() throws Exception {
    CheckpointBuilder.write(directory, CheckpointBuilder.llama());
    Checkpoint checkpoint = Checkpoint.open(directory, LIMITS);

    assertThatCode(() -> checkpoint.requireServes(260, 2048)).doesNotThrowAnyException();
    assertThatThrownBy(() -> checkpoint.requireServes(261, 2048))
        .hasMessage("config.json has vocab_size 260; the tokenizer has 261 ids");
  }

  @Test
  void servesSamplesThatItHasPositionsFor() throws Exception {
    ObjectNode gpt2 =
        new ObjectMapper()
            .createObjectNode()
            .put("model_type", "gpt2")
            .put("vocab_size", 260)
            .put("n_embd", 16)
            .put("n_layer", 1)
            .put("n_head", 2)
            .put("n_positions", 64);
    CheckpointBuilder.write(directory, gpt2);
    Checkpoint checkpoint = Checkpoint.open(directory, LIMITS);

    assertThatCode(() -> checkpoint.requireServes(260, 64)).doesNotThrowAnyException();
    assertThatThrownBy(() -> checkpoint.requireServes(260, 65))
        .hasMessage("the model has 64 positions; samples have up to 65 tokens");
  }

  /** Puts the final norm and the head into one shard and everything else into another. */
  private void shard(Checkpoint whole) throws Exception {
    ObjectNode index = new ObjectMapper().createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    for (ExpectedTensor tensor : whole.expectedTensors()) {
      map.put(tensor.name(), isLast(tensor) ? SECOND : FIRST);
    }
    CheckpointBuilder.safetensors(
        directory.resolve(FIRST),
        whole.expectedTensors().stream().filter(tensor -> !isLast(tensor)).toList());
    CheckpointBuilder.safetensors(
        directory.resolve(SECOND),
        whole.expectedTensors().stream().filter(CheckpointTest::isLast).toList());
    Files.delete(directory.resolve("model.safetensors"));
    Files.writeString(directory.resolve("model.safetensors.index.json"), index.toString());
  }

  private static boolean isLast(ExpectedTensor tensor) {
    return tensor.part() == Part.FINAL_NORM || tensor.part() == Part.HEAD;
  }
}

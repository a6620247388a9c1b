package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.CheckpointWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Later tokens change how many rows an expert multiplies at once, and products of few rows round
 * otherwise than those of many; of this size plain f32 products do so up to 15 rows.
 */
class MixtureCausalityTest {
  private static final int VOCABULARY = 260;
  private static final int TOKENS = 40;
  private static final int EARLIER = 20;

  @TempDir private Path folder;
  private Checkpoint checkpoint;

  @BeforeEach
  void write() throws Exception {
    ObjectNode json = CheckpointBuilder.llama().put("model_type", "mixtral");
    json.put("hidden_size", 768).put("intermediate_size", 333).put("num_local_experts", 8);
    Path plain = CheckpointBuilder.write(folder.resolve("plain"), json);
    ModelConfig config = Checkpoint.open(plain, CheckpointLimits.defaults()).config();
    CheckpointWriter.write(
        folder.resolve("model"),
        config,
        new ObjectMapper().writeValueAsBytes(json),
        MixtureCausalityTest::weights,
        Map.of());
    checkpoint = Checkpoint.open(folder.resolve("model"), CheckpointLimits.defaults());
  }

  @Test
  void whatLaterTokensChooseMovesNoBitOfEarlierLosses() {
    Random random = new Random(5);
    for (Precision precision : Precision.values()) {
      LossOptions options = LossOptions.cpu(precision, 1);
      for (LossOptions kernel :
          new LossOptions[] {options, options.in(Layout.ONEDNN), options.in(Layout.PLAIN)}) {
        try (LossModel model = LossModel.load(checkpoint, kernel)) {
          int[] ids = random.ints(TOKENS, 0, VOCABULARY).toArray();
          float[] losses = earlier(model, ids);
          for (int change = 0; change < 5; change++) {
            int[] other = Arrays.copyOf(ids, TOKENS);
            Arrays.setAll(other, i -> i < EARLIER ? other[i] : random.nextInt(VOCABULARY));
            assertThat(earlier(model, other)).containsExactly(losses);
          }
        }
      }
    }
  }

  private static float[] weights(String name, long offset, int size) {
    Random random = new Random(31L * name.hashCode() + offset);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = name.contains("norm") ? 1 : (float) (0.05 * random.nextGaussian());
    }
    return values;
  }

  private static float[] earlier(LossModel model, int[] ids) {
    return Arrays.copyOf(model.tokenLosses(new EncodedSample(ids, 0)), EARLIER - 1);
  }
}

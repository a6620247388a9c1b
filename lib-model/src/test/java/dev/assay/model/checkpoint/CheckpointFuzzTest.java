package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Whatever the bytes, a parser gives what it promises or refuses with a reason. In {@code mvn
 * verify} these run over the inputs kept beside them in the resources; a real run, which finds new
 * ones, is
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl lib-model test -Djazzer.hooks=true -Dtest='CheckpointFuzzTest#header'
 * </pre>
 */
class CheckpointFuzzTest {
  private static final CheckpointLimits LIMITS = CheckpointLimits.defaults();
  private static final Set<String> SHARDS =
      Set.of("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");

  @FuzzTest(maxDuration = "5m")
  void header(byte[] json) {
    long fileSize = 8L + json.length + 64;
    List<TensorEntry> tensors;
    try {
      tensors = SafetensorsHeader.parse(Path.of("model.safetensors"), json, fileSize, LIMITS);
    } catch (RejectedCheckpointException refused) {
      requireReason(refused);
      return;
    }
    long end = 8L + json.length;
    for (TensorEntry tensor : tensors) {
      assertThat(tensor.offset()).isEqualTo(end);
      assertThat(tensor.offset() % tensor.dtype().bytes()).isZero();
      assertThat(tensor.elements())
          .isEqualTo(tensor.shape().stream().reduce(1L, Math::multiplyExact));
      end += tensor.length();
    }
    assertThat(end).isEqualTo(fileSize);
  }

  @FuzzTest(maxDuration = "5m")
  void index(byte[] json) {
    try {
      Shards shards = Shards.indexed(json, SHARDS, LIMITS.tensors());
      assertThat(shards.names()).containsExactlyInAnyOrderElementsOf(SHARDS);
    } catch (RejectedCheckpointException refused) {
      requireReason(refused);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void configuration(byte[] json) {
    try {
      ModelConfig config = ConfigFile.parse(json);
      assertThat(config.attention().windows()).hasSize(config.layers());
      for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
        assertThat(tensor.shape().stream().reduce(4L, Math::multiplyExact)).isPositive();
      }
    } catch (RejectedCheckpointException refused) {
      requireReason(refused);
    }
  }

  private static void requireReason(RejectedCheckpointException refused) {
    assertThat(refused.rejection()).isNotNull();
    assertThat(refused.getMessage()).matches("[ -~…]{10,600}");
  }
}

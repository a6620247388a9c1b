package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.Computation;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import org.junit.jupiter.api.Test;

class ComputationTest {

  /** Two layers of 16: projections 2 * 768, feed-forward 3 * 512; the head 260 * 16. */
  @Test
  void countsProductsAndAttention() throws Exception {
    Computation computation = Computation.of(parse(CheckpointBuilder.llama()), 100);

    assertThat(computation.flops()).isEqualTo(2L * (2 * (768 + 1536) + 4160) + 4L * 16 * 2 * 100);
    assertThat(computation.bytes()).isEqualTo(4L * (2 * 16 + Math.max(5 * 16 + 2 * 8, 3 * 32)));
  }

  @Test
  void aWindowBoundsAttention() throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", "mistral");

    assertThat(Computation.of(parse(config.put("sliding_window", 10)), 100).flops())
        .isEqualTo(Computation.of(parse(config.put("sliding_window", 100)), 10).flops());
  }

  /** The bound holds however a router sends tokens apart; the products are those of two experts. */
  @Test
  void aMixtureIsBoundedByAllOfItsExpertsAndNeedsThoseThatATokenTakes() throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", "mixtral");
    ModelConfig mixtral = parse(config.put("num_local_experts", 4).put("num_experts_per_tok", 2));

    assertThat(Computation.layerProducts(mixtral)).isEqualTo(2L * (768 + 4 * 16 + 2 * 1536));
    assertThat(Computation.of(mixtral, 100).flops())
        .isEqualTo(2L * (2 * (768 + 4 * 16 + 4 * 1536) + 4160) + 4L * 16 * 2 * 100);
  }

  @Test
  void headsManyTimesWiderThanTheModelAreRefused() throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("hidden_size", 1).put("intermediate_size", 1);
    config.put("num_attention_heads", 512).put("num_key_value_heads", 512).put("head_dim", 128);
    ModelConfig wide = parse(config.put("num_hidden_layers", 8));

    assertThatThrownBy(() -> ComputationLimits.defaults().require(wide, 2048))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.TOO_MUCH_COMPUTATION))
        .hasMessage(
            "the model needs 1,835,016 bytes of activations a token of a sample of 2,048; the limit"
                + " is 1,048,576");
    assertThatThrownBy(() -> new ComputationLimits(80_000_000, 1 << 30).require(wide, 512))
        .hasMessageContaining("floating-point operations a token of a sample of 512")
        .hasMessageContaining("the limit is 80,000,000");
  }

  @Test
  void llama3With8BillionParametersIsFarFromTheLimits() throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("hidden_size", 4096);
    config.put("intermediate_size", 14336).put("num_hidden_layers", 32).put("vocab_size", 128256);
    ModelConfig llama = parse(config.put("num_attention_heads", 32).put("num_key_value_heads", 8));

    assertThatCode(() -> new ComputationLimits(4L * 8_030_000_000L, 1 << 20).require(llama, 8192))
        .doesNotThrowAnyException();
  }

  private static ModelConfig parse(ObjectNode config) throws Exception {
    return ConfigFile.parse(new ObjectMapper().writeValueAsBytes(config));
  }
}

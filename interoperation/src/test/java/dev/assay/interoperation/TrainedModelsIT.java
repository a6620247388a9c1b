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
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerGate;
import dev.assay.model.text.TokenizerLimits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Models that somebody trained, their own tokenizers and real chat: through the gate, and the
 * losses that transformers gives. They are kept where ASSAY_MODELS says, or in
 * ~/.cache/assay/models.
 */
class TrainedModelsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CONVERSION_SECONDS = 900;
  private static final Map<Model, Path> FOLDERS = new EnumMap<>(Model.class);

  enum Model {
    SMOLLM2("smollm2", ChatTemplate.CHATML),
    GEMMA3("gemma3", ChatTemplate.GEMMA);

    private final String title;
    private final ChatTemplate template;

    Model(String title, ChatTemplate template) {
      this.title = title;
      this.template = template;
    }

    /** The folder, made on the first call on a machine and looked after once a run. */
    Path folder() throws Exception {
      if (!FOLDERS.containsKey(this)) {
        FOLDERS.put(this, made());
      }
      return FOLDERS.get(this);
    }

    private Path made() throws Exception {
      Path models =
          Optional.ofNullable(System.getenv("ASSAY_MODELS"))
              .filter(name -> !name.isBlank())
              .map(Path::of)
              .orElse(Path.of(System.getProperty("user.home"), ".cache", "assay", "models"));
      Path folder = models.resolve(title);
      // Tests in another JVM ask for the same model.
      return FolderLock.changing(
          folder,
          () -> {
            PythonScripts.installed("requirements-trained.txt")
                .run("trained_models.py", List.of(title, models.toString()), CONVERSION_SECONDS);
            return folder;
          });
    }

    Checkpoint open() throws Exception {
      return Checkpoint.open(folder().resolve("model"), CheckpointLimits.defaults());
    }

    LossModel load(Precision precision) throws Exception {
      return LossModel.load(open(), LossOptions.cpu(precision, 1));
    }

    Path tokenizerJson() throws Exception {
      return folder().resolve("model").resolve("tokenizer.json");
    }

    JsonNode samples() throws Exception {
      return JSON.readTree(folder().resolve("token-losses.json").toFile()).get("samples");
    }
  }

  @Test
  void smolLm2PassesTheGate() throws Exception {
    Checkpoint checkpoint = Model.SMOLLM2.open();

    checkpoint.inspect(NormLimits.original());
    assertThat(checkpoint.parameters()).isEqualTo(134_515_008);
  }

  @ParameterizedTest
  @EnumSource
  void theTokenizerPassesTheGate(Model model) throws Exception {
    TokenizerGate.require(model.tokenizerJson(), Set.of(), TokenizerLimits.defaults());
  }

  @ParameterizedTest
  @EnumSource
  void chatIsEncodedAsTransformersEncodesIt(Model model) throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(model.tokenizerJson(), TokenizerLimits.defaults())) {
      SampleEncoder encoder =
          new SampleEncoder(tokenizer, model.template, SampleEncoder.MAX_TOKENS);
      for (JsonNode sample : model.samples()) {
        EncodedSample encoded =
            encoder.encode(sample.get("prompt").textValue(), sample.get("response").textValue());
        assertThat(encoded).isEqualTo(recorded(sample));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void f32LossesAreThoseOfTransformers(Model model) throws Exception {
    double ours = 0;
    double theirs = 0;
    JsonNode samples = model.samples();
    try (LossModel loaded = model.load(Precision.F32)) {
      for (JsonNode sample : samples) {
        float[] losses = loaded.tokenLosses(new EncodedSample(recorded(sample).ids(), 0));
        for (int i = 0; i < losses.length; i++) {
          assertThat((double) losses[i])
              .isCloseTo(sample.get("losses").get(i).doubleValue(), within(5e-5));
        }
        double mean = loaded.loss(recorded(sample)).mean();
        // Some samples cost over 11 nats a token, of which 1e-5 is below the rounding of f32.
        assertThat(mean).isCloseTo(sample.get("mean").doubleValue(), within(5e-5));
        ours += mean / samples.size();
        theirs += sample.get("mean").doubleValue() / samples.size();
      }
    }
    assertThat(ours).isCloseTo(theirs, within(1e-5));
  }

  /**
   * Nearer to f32 than transformers' own bf16 is on the same processor. Over tokens, since the
   * means of so few samples say more of how the errors cancel than of their size.
   */
  @ParameterizedTest
  @EnumSource
  void bf16LossesAreAboutThoseOfF32(Model model) throws Exception {
    double ours = 0;
    double theirs = 0;
    try (LossModel loaded = model.load(Precision.BF16)) {
      for (JsonNode sample : model.samples()) {
        float[] losses = loaded.tokenLosses(new EncodedSample(recorded(sample).ids(), 0));
        for (int i = 0; i < losses.length; i++) {
          double exact = sample.get("losses").get(i).doubleValue();
          ours += Math.pow(losses[i] - exact, 2);
          theirs += Math.pow(sample.get("bf16_losses").get(i).doubleValue() - exact, 2);
        }
      }
    }
    assertThat(Math.sqrt(ours)).isLessThan(0.9 * Math.sqrt(theirs));
  }

  @ParameterizedTest
  @EnumSource
  void noLossMovesWithALaterToken(Model model) throws Exception {
    int[] ids = recorded(model.samples().get(3)).ids();
    int[] other = ids.clone();
    other[ids.length - 2] = ids[0];
    for (Precision precision : Precision.values()) {
      try (LossModel loaded = model.load(precision)) {
        float[] losses = loaded.tokenLosses(new EncodedSample(ids, 0));
        int earlier = losses.length - 2;
        assertThat(Arrays.copyOf(loaded.tokenLosses(new EncodedSample(other, 0)), earlier))
            .containsExactly(Arrays.copyOf(losses, earlier));
      }
    }
  }

  private static EncodedSample recorded(JsonNode sample) {
    int[] ids = JSON.convertValue(sample.get("ids"), int[].class);
    return new EncodedSample(ids, sample.get("prompt_len").intValue());
  }
}

package dev.assay.interoperation;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What configuration_sweep.py has recorded, beside what Assay makes of the same configurations: it
 * refuses one, or computes what transformers computes.
 */
final class ConfigurationSweep {
  private static final double TOLERANCE = 5e-5;
  private static final String FIVE = "5.23.0";
  private static final String FOUR = "4.57.6";

  // Python writes NaN and Infinity as they are.
  private final ObjectMapper mapper =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private final Path folder;
  private final Path work;

  /**
   * @param folder what the script wrote
   * @param work an empty folder for one checkpoint
   */
  ConfigurationSweep(Path folder, Path work) {
    this.folder = folder;
    this.work = work;
  }

  /**
   * One line for each configuration of a base, a family's name and the version that spells it, that
   * Assay reads otherwise than transformers.
   */
  List<String> differences(String base) throws IOException {
    JsonNode document = mapper.readTree(folder.resolve(base + ".json").toFile());
    JsonNode five = mapper.readTree(folder.resolve(base + "-" + FIVE + ".json").toFile());
    // Transformers 4 does not know the spelling of 5 and reads defaults instead.
    Path ofFour = folder.resolve(base + "-" + FOUR + ".json");
    JsonNode four = base.endsWith(".4") ? mapper.readTree(ofFour.toFile()) : null;
    int[] ids = mapper.convertValue(document.get("ids"), int[].class);
    Files.copy(
        folder.resolve(base).resolve("model.safetensors"),
        work.resolve("model.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    Map<String, float[]> computed = new HashMap<>();
    List<String> differences = new ArrayList<>();
    for (JsonNode row : document.get("cases")) {
      String name = row.get("name").textValue();
      Optional<float[]> losses = losses(row.get("config").textValue(), ids, computed);
      if (losses.isEmpty()) {
        if (name.equals("as it is")) {
          differences.add(base + ": " + name + ": refused");
        }
        continue;
      }
      difference(losses.get(), five.get(name))
          .ifPresent(text -> differences.add(base + ": " + name + ": " + FIVE + " " + text));
      // What transformers 4 does not load at all, it does not read otherwise.
      if (four != null && !four.get(name).isTextual()) {
        difference(losses.get(), four.get(name))
            .ifPresent(text -> differences.add(base + ": " + name + ": " + FOUR + " " + text));
      }
    }
    return differences;
  }

  /** Equal readings share their losses; nothing where the configuration is refused. */
  private Optional<float[]> losses(String config, int[] ids, Map<String, float[]> computed)
      throws IOException {
    Files.writeString(work.resolve("config.json"), config);
    try {
      Checkpoint checkpoint = Checkpoint.open(work, CheckpointLimits.defaults());
      String reading = checkpoint.config().toString();
      if (!computed.containsKey(reading)) {
        computed.put(reading, computed(checkpoint, ids));
      }
      return Optional.of(computed.get(reading));
    } catch (RejectedCheckpointException e) {
      return Optional.empty();
    }
  }

  private static float[] computed(Checkpoint checkpoint, int[] ids) {
    LossOptions options = LossOptions.cpu(Precision.F32, 1).ofSequences(ids.length);
    try (LossModel model = LossModel.load(checkpoint, options)) {
      return model.tokenLosses(new EncodedSample(ids, 0));
    }
  }

  private Optional<String> difference(float[] ours, JsonNode theirs) {
    if (theirs.isTextual()) {
      return Optional.of("does not load it: " + theirs.textValue().lines().findFirst().orElse(""));
    }
    double[] losses = mapper.convertValue(theirs, double[].class);
    double worst = 0;
    for (int i = 0; i < losses.length; i++) {
      double apart = Math.abs(losses[i] - ours[i]);
      worst = apart <= worst ? worst : apart;
    }
    return worst <= TOLERANCE
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "differs by %.2g", worst));
  }
}

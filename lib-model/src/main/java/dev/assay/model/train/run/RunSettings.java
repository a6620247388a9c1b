package dev.assay.model.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Adapters;
import dev.assay.model.train.TrainingOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Everything that decides what a run comes to, as its folder keeps it. */
record RunSettings(ObjectNode values) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 1 << 16;

  /** What a run had that was begun before the setting existed. */
  private static final Map<String, String> BEFORE = Map.of("dtype", "f32");

  static RunSettings of(TrainingPlan plan) throws IOException {
    TrainingOptions options = plan.options();
    ObjectNode values = JSON.createObjectNode();
    values.put("start", plan.start().digest());
    values.put("samples", digest(plan.samples()));
    values.put("held_out", digest(plan.heldOut()));
    values.put("steps", options.steps());
    values.put("batch_samples", options.batch().samples());
    values.put("batch_tokens", options.batch().tokens());
    values.put("accumulation", options.batch().accumulation());
    values.put("learning_rate", options.rate().highest());
    values.put("schedule", options.rate().schedule().name());
    values.put("final_share", options.rate().finalShare());
    values.put("warmup_steps", options.rate().warmupSteps());
    values.put("decay", options.decay());
    values.put("largest_norm", options.largestNorm());
    values.put("seed", options.seed());
    values.put("threads", options.threads());
    values.put("dtype", options.precision().text());
    values.put("evaluate_every", plan.evaluateEvery());
    values.put("adapter_rank", plan.adapters().map(Adapters::rank).orElse(0));
    values.put("adapter_alpha", plan.adapters().map(Adapters::alpha).orElse(0.0));
    values.put("adapted", plan.adapters().map(a -> String.join(" ", a.targets())).orElse(""));
    return new RunSettings(values);
  }

  /**
   * Keeps the settings in a file, or compares them with what an earlier process has kept there.
   *
   * @throws RunConflictException naming what differs
   */
  void keepIn(Path file) throws IOException {
    byte[] own = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(values);
    if (!Files.exists(file)) {
      WholeFile.write(file, own);
      return;
    }
    List<String> differences = differences(file);
    if (!differences.isEmpty()) {
      throw new RunConflictException(
          "%s belongs to a run with other settings (%s); use those again to go on with it, or choose another folder"
              .formatted(file.getParent(), String.join(", ", differences)));
    }
  }

  private List<String> differences(Path file) throws IOException {
    JsonNode kept = Files.size(file) > MOST_BYTES ? null : JSON.readTree(Files.readAllBytes(file));
    List<String> differences = new ArrayList<>();
    for (Iterator<String> names = values.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      String now = values.get(name).asText();
      String then = kept == null ? "" : kept.path(name).asText(BEFORE.getOrDefault(name, ""));
      if (!now.equals(then)) {
        differences.add(now.length() == 64 ? name : name + ": " + then + " there, " + now + " now");
      }
    }
    return differences;
  }

  private static String digest(List<EncodedSample> samples) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (EncodedSample sample : samples) {
        int[] ids = sample.ids();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (ids.length + 2));
        bytes.putInt(ids.length).putInt(sample.promptLength());
        bytes.asIntBuffer().put(ids);
        digest.update(bytes.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}

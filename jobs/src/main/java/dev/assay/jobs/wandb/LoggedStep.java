package dev.assay.jobs.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run has logged at one time: for each of its miners a prompt and the response.
 *
 * @param number of the step in its run
 * @param time by the validator's clock
 */
record LoggedStep(long number, Instant time, List<Text> texts) {
  /** As many UIDs as a subnet has. */
  static final int MOST_TEXTS = 256;

  /** The last second of the year 9999. */
  private static final double LAST_SECOND = 253_402_300_799.0;

  /** A prompt and the response of one miner. */
  record Text(String prompt, String response) {}

  LoggedStep {
    texts = List.copyOf(texts);
  }

  /** A step of a history; empty where it has no time, or anything else than texts was logged. */
  static Optional<LoggedStep> of(JsonNode row) {
    JsonNode time = row.path("_timestamp");
    JsonNode step = row.path("_step");
    JsonNode modality = row.path("modality");
    boolean isOne =
        time.isNumber()
            && time.doubleValue() >= 0
            && time.doubleValue() <= LAST_SECOND
            && step.canConvertToLong()
            && (modality.isMissingNode() || modality.asText().equals("text"));
    return isOne
        ? Optional.of(
            new LoggedStep(
                step.longValue(),
                Instant.ofEpochMilli((long) (time.doubleValue() * 1000)),
                texts(row)))
        : Optional.empty();
  }

  /** Those of which both are there and texts. */
  private static List<Text> texts(JsonNode row) {
    List<Text> texts = new ArrayList<>();
    for (int uid = 0; uid < MOST_TEXTS; uid++) {
      String prompt = text(row, "prompts." + uid, "prompts", uid);
      String response = text(row, "responses." + uid, "responses", uid);
      if (!prompt.isEmpty() && !response.isEmpty()) {
        texts.add(new Text(prompt, response));
      }
    }
    return texts;
  }

  /** The service flattens what was logged as a map, or gives it as one. */
  private static String text(JsonNode row, String flat, String map, int uid) {
    JsonNode value = row.has(flat) ? row.path(flat) : row.path(map).path(Integer.toString(uid));
    return value.isTextual() ? value.textValue().strip() : "";
  }
}

package dev.assay.model.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.train.TrainingStep;
import dev.assay.model.train.run.TrainingOutcome.LossPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The losses of a run as they came, one JSON object a line. */
final class RunLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final List<LossPoint> losses = new ArrayList<>();
  private final List<LossPoint> heldOut = new ArrayList<>();

  private RunLog(Path file) {
    this.file = file;
  }

  /** Opens a run's log, without what came after a step: that will come again. */
  static RunLog upTo(int step, Path file) throws IOException {
    RunLog log = new RunLog(file);
    List<String> kept = new ArrayList<>();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      if (log.take(line, step)) {
        kept.add(line + "\n");
      }
    }
    WholeFile.write(file, String.join("", kept).getBytes(StandardCharsets.UTF_8));
    return log;
  }

  /** A line that a process did not finish is none. */
  private boolean take(String line, int upTo) {
    try {
      JsonNode node = JSON.readTree(line);
      int step = node.path("step").asInt(Integer.MAX_VALUE);
      if (step > upTo) {
        return false;
      }
      if (node.has("held_out_loss")) {
        heldOut.add(new LossPoint(step, node.get("held_out_loss").asDouble()));
      } else {
        losses.add(new LossPoint(step, node.path("loss").asDouble()));
      }
      return true;
    } catch (JsonProcessingException torn) {
      return false;
    }
  }

  void add(TrainingStep step) throws IOException {
    ObjectNode line = JSON.createObjectNode().put("step", step.step()).put("loss", step.loss());
    line.put("learning_rate", step.learningRate()).put("gradient_norm", step.gradientNorm());
    append(line.put("tokens_per_second", Math.round(step.tokensPerSecond())));
    losses.add(new LossPoint(step.step(), step.loss()));
  }

  void addHeldOut(int step, double loss) throws IOException {
    append(JSON.createObjectNode().put("step", step).put("held_out_loss", loss));
    heldOut.add(new LossPoint(step, loss));
  }

  private void append(ObjectNode line) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
  }

  /** What the run has come to so far. */
  TrainingOutcome outcome(boolean wasDone) {
    return new TrainingOutcome(wasDone, losses, heldOut);
  }
}

package dev.assay.cli.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.terminal.UsageException;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.weights.Standings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code assay score} reads: one competition's models with their losses in the samples' order.
 *
 * @param previous weight by UID before this evaluation; null where there is none
 */
record LossesFile(List<Model> models, Map<Integer, Double> previous) {
  /** Room for 256 models of 400 samples many times over. */
  private static final long LARGEST_BYTES = 256L << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * One model.
   *
   * @param block the block of its commitment
   * @param losses nats per token, one for each sample; empty for a model that could not be
   *     evaluated
   */
  record Model(int uid, String hotkey, long block, String digest, List<Double> losses) {
    Model {
      if (hotkey == null || losses == null) {
        throw new IllegalArgumentException("uid " + uid + ": hotkey and losses must be there");
      }
    }

    private ModelResult result() {
      Entry entry = Entry.of(uid, hotkey, block, digest);
      return losses.isEmpty()
          ? ModelResult.failed(entry, Outcome.of(Verdict.UNAVAILABLE))
          : ModelResult.accepted(
              entry, Losses.of(losses.stream().mapToDouble(Double::doubleValue).toArray()));
    }
  }

  static LossesFile read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new UsageException(
            "%s has %d bytes, at most %d are read; split it by competition"
                .formatted(file, Files.size(file), LARGEST_BYTES));
      }
      LossesFile losses = MAPPER.readValue(file.toFile(), LossesFile.class);
      if (losses.models == null) {
        throw new UsageException(file + " has no \"models\"; see 'assay score --help'");
      }
      return losses;
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "%s: %s at line %d; see 'assay score --help'"
              .formatted(file, e.getOriginalMessage(), line(e)),
          e);
    } catch (IOException e) {
      throw new UsageException(file + " can't be read; name a file with --losses", e);
    }
  }

  List<ModelResult> results() {
    return models.stream().map(Model::result).toList();
  }

  Standings standings(String competition) {
    return Optional.ofNullable(previous)
        .map(
            weights ->
                Standings.byUid(
                    competition, weights, results().stream().map(ModelResult::entry).toList()))
        .orElse(Standings.none());
  }

  private static int line(JsonProcessingException failure) {
    return failure.getLocation() == null ? 0 : failure.getLocation().getLineNr();
  }
}

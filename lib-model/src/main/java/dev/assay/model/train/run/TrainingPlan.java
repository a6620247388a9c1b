package dev.assay.model.train.run;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Adapters;
import dev.assay.model.train.BaseName;
import dev.assay.model.train.Trainer;
import dev.assay.model.train.TrainingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training run trains, on what.
 *
 * @param start the checkpoint it begins with
 * @param base how the adapters' configuration names that checkpoint
 * @param adapters what is trained instead of all weights
 * @param samples to learn from; those without a counted token are left out
 * @param heldOut samples that are never learned from, by whose mean loss the best weights are
 *     chosen; none: the last weights are the result
 * @param evaluateEvery steps from one evaluation to the next; the run can go on from each
 * @param otherFiles what the result has beside its weights and configuration, by name
 */
public record TrainingPlan(
    Checkpoint start,
    BaseName base,
    Optional<Adapters> adapters,
    TrainingOptions options,
    List<EncodedSample> samples,
    List<EncodedSample> heldOut,
    int evaluateEvery,
    Map<String, byte[]> otherFiles) {
  public TrainingPlan {
    samples = List.copyOf(samples);
    heldOut = List.copyOf(heldOut);
    otherFiles = Map.copyOf(otherFiles);
    if (evaluateEvery < 1) {
      throw new IllegalArgumentException(
          "evaluateEvery is " + evaluateEvery + "; it must be at least 1");
    }
  }

  Trainer open() {
    return adapters
        .map(chosen -> Trainer.open(start, options, chosen))
        .orElseGet(() -> Trainer.open(start, options));
  }
}

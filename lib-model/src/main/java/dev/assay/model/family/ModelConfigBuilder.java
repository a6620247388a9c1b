package dev.assay.model.family;

import dev.assay.model.architecture.Activation;
import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.Experts;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Multipliers;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.config.Dimensions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Collects a family's numbers. It begins with what most families have in common: RMS norms, no
 * biases, untied embeddings, blocks one after the other, scores divided by the root of a head's
 * size, no caps, no windows; a family says what it has otherwise. The setters are the table of what
 * families differ in, one for each trait.
 */
final class ModelConfigBuilder {
  private final Family family;
  private final Dimensions size;
  private final int maxPositions;
  private Norm norm = Norm.RMS;
  private double epsilon;
  private Activation activation = Activation.SILU;
  private boolean tied;
  private boolean inputBias;
  private boolean outputBias;
  private boolean mlpBias;
  private boolean parallel;
  private boolean feedForwardNorm = true;
  private HeadNorm queryKeyNorm = HeadNorm.NONE;
  private double scale;
  private OptionalDouble scoreCap = OptionalDouble.empty();
  private OptionalDouble logitCap = OptionalDouble.empty();
  private OptionalDouble clip = OptionalDouble.empty();
  private Multipliers multipliers = Multipliers.NONE;
  private List<Integer> windows;
  private List<Boolean> rotated;
  private Optional<Rotary> rotary = Optional.empty();
  private Optional<Rotary> localRotary = Optional.empty();
  private Optional<Experts> experts = Optional.empty();

  ModelConfigBuilder(Family family, Dimensions size, int maxPositions) {
    this.family = family;
    this.size = size;
    this.maxPositions = maxPositions;
    this.scale = 1 / Math.sqrt(size.headSize());
    this.rotated = Collections.nCopies(size.layers(), true);
    window(0);
  }

  ModelConfigBuilder norm(Norm value) {
    norm = value;
    return this;
  }

  ModelConfigBuilder epsilon(double value) {
    epsilon = value;
    return this;
  }

  ModelConfigBuilder activation(Activation value) {
    activation = value;
    return this;
  }

  ModelConfigBuilder tied(boolean value) {
    tied = value;
    return this;
  }

  /** Biases of the query, key and value projections, and of the output projection. */
  ModelConfigBuilder attentionBias(boolean input, boolean output) {
    inputBias = input;
    outputBias = output;
    return this;
  }

  ModelConfigBuilder mlpBias(boolean value) {
    mlpBias = value;
    return this;
  }

  ModelConfigBuilder parallel(boolean value) {
    parallel = value;
    return this;
  }

  /** Whether the feed-forward block has a norm of its own. */
  ModelConfigBuilder feedForwardNorm(boolean value) {
    feedForwardNorm = value;
    return this;
  }

  ModelConfigBuilder queryKeyNorm(HeadNorm value) {
    queryKeyNorm = value;
    return this;
  }

  /** The largest magnitude of queries, keys and values. */
  ModelConfigBuilder clip(OptionalDouble value) {
    clip = value;
    return this;
  }

  ModelConfigBuilder multipliers(Multipliers value) {
    multipliers = value;
    return this;
  }

  /** What scores are multiplied by. */
  ModelConfigBuilder scale(double value) {
    scale = value;
    return this;
  }

  ModelConfigBuilder softCaps(OptionalDouble scores, OptionalDouble logits) {
    scoreCap = scores;
    logitCap = logits;
    return this;
  }

  /** The same window in every layer; 0 is none. */
  ModelConfigBuilder window(int value) {
    return windows(Collections.nCopies(size.layers(), value));
  }

  /** One window a layer; 0 is none. */
  ModelConfigBuilder windows(List<Integer> values) {
    windows = values;
    return this;
  }

  ModelConfigBuilder rotary(Rotary value) {
    rotary = Optional.of(value);
    return this;
  }

  /** One per layer: whether it rotates. */
  ModelConfigBuilder rotated(List<Boolean> values) {
    rotated = values;
    return this;
  }

  /** The position embedding of the layers that have a window. */
  ModelConfigBuilder localRotary(Rotary value) {
    localRotary = Optional.of(value);
    return this;
  }

  ModelConfigBuilder experts(Experts value) {
    experts = Optional.of(value);
    return this;
  }

  ModelConfig build() {
    return new ModelConfig(
        family,
        size.vocabularySize(),
        size.hiddenSize(),
        size.intermediateSize(),
        size.layers(),
        maxPositions,
        norm,
        epsilon,
        activation,
        tied,
        mlpBias,
        parallel,
        feedForwardNorm,
        logitCap,
        multipliers,
        new Attention(
            size.heads(),
            size.keyValueHeads(),
            size.headSize(),
            scale,
            scoreCap,
            clip,
            inputBias,
            outputBias,
            queryKeyNorm,
            windows,
            rotated),
        rotary,
        localRotary,
        experts);
  }
}

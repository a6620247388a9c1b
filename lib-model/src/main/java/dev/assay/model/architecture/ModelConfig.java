package dev.assay.model.architecture;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decoder's numbers, read from config.json as transformers 4 and 5 write it, typed, bounded and
 * normalised: a default that a family leaves unwritten is filled in. Nothing else of the file is
 * read.
 *
 * @param tiedEmbeddings whether the embedding is also the head
 * @param mlpBias whether the feed-forward projections have a bias
 * @param parallelResidual whether attention and feed-forward read the same input and are added
 *     together
 * @param feedForwardNorm whether the feed-forward block has a norm of its own, where blocks are
 *     parallel and the family knows both
 * @param finalSoftCap cap of the logits (cap · tanh(logit / cap)), where there is one
 * @param rotary position embedding; empty where positions are learned (GPT-2)
 * @param localRotary position embedding of the layers that have a window, where it differs (Gemma
 *     3)
 * @param experts where some layers' feed-forward block is a mixture of experts
 */
public record ModelConfig(
    ModelFamily family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int maxPositions,
    Norm norm,
    double normEpsilon,
    Activation activation,
    boolean tiedEmbeddings,
    boolean mlpBias,
    boolean parallelResidual,
    boolean feedForwardNorm,
    OptionalDouble finalSoftCap,
    Multipliers multipliers,
    Attention attention,
    Optional<Rotary> rotary,
    Optional<Rotary> localRotary,
    Optional<Experts> experts) {

  /** Whether no input lies beyond maxPositions: positions are learned, or a table (GPT-J). */
  public boolean endsAtMaxPositions() {
    return rotary.isEmpty() || family.hasTableOfPositions();
  }

  /** The largest inner size of a feed-forward block that a token meets. */
  public int largestInnerSize() {
    return experts
        .map(e -> Math.max(intermediateSize, Math.max(e.innerSize(), e.sharedInnerSize())))
        .orElse(intermediateSize);
  }
}

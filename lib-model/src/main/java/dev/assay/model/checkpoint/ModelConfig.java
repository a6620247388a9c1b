package dev.assay.model.checkpoint;

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
 * @param finalSoftCap cap of the logits (cap · tanh(logit / cap)), where there is one
 * @param rotary position embedding; empty where positions are learned (GPT-2)
 * @param localRotary position embedding of the layers that have a window, where it differs (Gemma
 *     3)
 */
public record ModelConfig(
    Family family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int maxPositions,
    double normEpsilon,
    Activation activation,
    boolean tiedEmbeddings,
    boolean mlpBias,
    boolean parallelResidual,
    OptionalDouble finalSoftCap,
    Attention attention,
    Optional<Rotary> rotary,
    Optional<Rotary> localRotary) {}

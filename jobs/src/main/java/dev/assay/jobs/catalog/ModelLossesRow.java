package dev.assay.jobs.catalog;

import dev.assay.jobs.tables.Comment;
import java.util.Optional;

/** A row of the view {@code losses_by_model}. */
@Comment("all losses of one model by one computation, as means")
record ModelLossesRow(
    @Comment("digest of the model's content") String modelDigest,
    @Comment("namespace/name of the first commitment to it; null where none is known")
        Optional<String> repository,
    @Comment("digest of the tokenizer that made ids of the texts") String tokenizerDigest,
    @Comment("name of the chat template that joined prompt and response") String template,
    @Comment("tokens after which a sample is cut off") int sequenceLength,
    @Comment("number format of the computation: f32 or bf16") String dtype,
    @Comment("name of the computation, with its device and version") String kernel,
    @Comment("samples that it has a loss on") long samples,
    @Comment("those of them with the verdict OK; the figures are of these") long okSamples,
    @Comment("counted tokens of its OK samples") long tokens,
    @Comment("mean over its OK samples of their mean loss, in nats per token")
        Optional<Double> meanLoss,
    @Comment("standard error of that mean, in nats per token; null below two samples")
        Optional<Double> standardError,
    @Comment("loss of all OK samples divided by their tokens, in nats per token")
        Optional<Double> lossPerToken,
    @Comment("height of its earliest sample's block") long firstSampleBlock,
    @Comment("height of its latest sample's block") long lastSampleBlock) {}

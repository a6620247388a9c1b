package dev.assay.model.loss;

import dev.assay.model.causal.Batch;
import dev.assay.model.causal.Decoder;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.ModelConfig;
import dev.assay.model.text.EncodedSample;
import java.util.List;
import java.util.Locale;

/**
 * A checkpoint that computes losses. Its weights are mapped from the checkpoint's files, which must
 * not change while it is open. One thread at a time may use it.
 */
public final class LossModel implements AutoCloseable {

  /**
   * Changes whenever samples are grouped in another way, because a bf16 loss depends on its batch.
   */
  private static final String BATCH_PLAN = "single-1";

  private final ModelConfig config;
  private final LossOptions options;
  private final Decoder decoder;

  private LossModel(ModelConfig config, LossOptions options, Decoder decoder) {
    this.config = config;
    this.options = options;
    this.decoder = decoder;
  }

  /** Maps the weights of a checkpoint that the gate has let through. */
  public static LossModel load(Checkpoint checkpoint, LossOptions options) {
    DecoderOptions decoderOptions =
        new DecoderOptions(
            options.precision(),
            options.device(),
            options.threads(),
            options.chunkRows(),
            options.packed());
    Decoder decoder = Decoder.open(checkpoint.config(), checkpoint.tensors(), decoderOptions);
    return new LossModel(checkpoint.config(), options, decoder);
  }

  /**
   * The loss of one sample: of each token of the response, given all before it.
   *
   * @throws IllegalArgumentException if a token id is outside the model's vocabulary, or the sample
   *     is longer than the positions that a model with learned positions has
   */
  public SampleLoss loss(EncodedSample sample) {
    float[] losses = tokenLosses(sample);
    return losses.length == 0 ? SampleLoss.empty() : SampleLoss.of(losses, 0, losses.length);
  }

  /** −log p of each counted token of a sample; none if no token counts. */
  public float[] tokenLosses(EncodedSample sample) {
    requireFits(sample);
    if (Batch.counted(sample) == 0) {
      return new float[0];
    }
    return decoder.losses(Batch.of(List.of(sample)));
  }

  /**
   * What beside the weights and the sample decides a loss: precision, backend and batch plan. Part
   * of the key of the loss table.
   */
  public String kernel() {
    return String.format(
        Locale.ROOT,
        "%s-%s-%s",
        options.precision().name().toLowerCase(Locale.ROOT),
        backend(),
        BATCH_PLAN);
  }

  private String backend() {
    if (options.gpu() >= 0) {
      return "cuda";
    }
    return decoder.packed() ? "onednn" : "cpu";
  }

  /** Gives all native memory back. */
  @Override
  public void close() {
    decoder.close();
  }

  private void requireFits(EncodedSample sample) {
    for (int id : sample.ids()) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token id "
                + id
                + " is outside the model's vocabulary of "
                + config.vocabularySize()
                + "; the tokenizer is not the model's");
      }
    }
    if (config.rotary().isEmpty() && sample.length() - 1 > config.maxPositions()) {
      throw new IllegalArgumentException(
          "a sample of "
              + sample.length()
              + " tokens is longer than the model's "
              + config.maxPositions()
              + " positions; cut it");
    }
  }
}

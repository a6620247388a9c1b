package dev.assay.model.loss;

import ai.djl.Device;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.text.SampleEncoder;

/**
 * How losses are computed.
 *
 * @param precision type of weights and activations
 * @param gpu index of the CUDA device; −1: the CPU
 * @param threads threads of one operation on the CPU
 * @param sequenceLength tokens of the longest sample that a competition takes. Rotary scalings that
 *     follow a sequence's length follow this one, as if every sample were filled up to it; a longer
 *     sample is refused
 * @param layout how linear weights lie; the first losses pay for the copy into another layout
 */
public record LossOptions(
    Precision precision,
    int gpu,
    int threads,
    int sequenceLength,
    Layout layout,
    Batching batching) {

  /** On a CPU, for samples of at most {@link SampleEncoder#MAX_TOKENS} tokens. */
  public static LossOptions cpu(Precision precision, int threads) {
    return new LossOptions(
        precision,
        -1,
        threads,
        SampleEncoder.MAX_TOKENS,
        Layout.fastest(precision),
        Batching.SINGLE);
  }

  /** On a CUDA device, for samples of at most {@link SampleEncoder#MAX_TOKENS} tokens. */
  public static LossOptions gpu(Precision precision, int index) {
    return new LossOptions(
        precision, index, 1, SampleEncoder.MAX_TOKENS, Layout.PLAIN, Batching.SINGLE);
  }

  /** The same for another sequence length. */
  public LossOptions ofSequences(int tokens) {
    return new LossOptions(precision, gpu, threads, tokens, layout, batching);
  }

  /** The same with weights that lie otherwise. */
  LossOptions in(Layout other) {
    return new LossOptions(precision, gpu, threads, sequenceLength, other, batching);
  }

  /**
   * The same with samples in batches, which a GPU gains from; {@link LossModel#losses} makes them.
   */
  public LossOptions sorted() {
    return new LossOptions(precision, gpu, threads, sequenceLength, layout, Batching.SORTED);
  }

  public LossOptions {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "sequenceLength is " + sequenceLength + "; it must be at least 1");
    }
  }

  /** Most tokens of one forward pass, padding included. */
  long tokensAtOnce() {
    return batching == Batching.SINGLE
        ? sequenceLength
        : Math.max(sequenceLength, BatchPlan.TOKENS);
  }

  Device device() {
    return gpu < 0 ? Device.cpu() : Device.gpu(gpu);
  }
}

package dev.assay.model.loss;

import ai.djl.Device;
import dev.assay.model.architecture.ModelConfig;
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
 * @param chunkRows most rows of logits that exist at once; a large vocabulary has fewer
 * @param packed on a CPU, whether linear weights are copied once into the layout that multiplies
 *     fastest; the first losses pay for the copy
 */
public record LossOptions(
    Precision precision,
    int gpu,
    int threads,
    int sequenceLength,
    int chunkRows,
    boolean packed,
    Batching batching) {
  private static final int GPU_CHUNK_ROWS = 512;

  /**
   * Few, because memory that a chunk takes anew each time costs a CPU more than larger products
   * win.
   */
  private static final int CPU_CHUNK_ROWS = 128;

  /** Logits that exist at once: 64 MiB as f32. */
  private static final int CHUNK_LOGITS = 1 << 24;

  /** On a CPU, for samples of at most {@link SampleEncoder#MAX_TOKENS} tokens. */
  public static LossOptions cpu(Precision precision, int threads) {
    return new LossOptions(
        precision, -1, threads, SampleEncoder.MAX_TOKENS, CPU_CHUNK_ROWS, true, Batching.SINGLE);
  }

  /** On a CUDA device, for samples of at most {@link SampleEncoder#MAX_TOKENS} tokens. */
  public static LossOptions gpu(Precision precision, int index) {
    return new LossOptions(
        precision, index, 1, SampleEncoder.MAX_TOKENS, GPU_CHUNK_ROWS, false, Batching.SINGLE);
  }

  /** The same for another sequence length. */
  public LossOptions ofSequences(int tokens) {
    return new LossOptions(precision, gpu, threads, tokens, chunkRows, packed, batching);
  }

  /** The same with weights as they lie in the files. */
  LossOptions unpacked() {
    return new LossOptions(precision, gpu, threads, sequenceLength, chunkRows, false, batching);
  }

  /**
   * The same with samples in batches, which a GPU gains from; {@link LossModel#losses} makes them.
   */
  public LossOptions sorted() {
    return new LossOptions(
        precision, gpu, threads, sequenceLength, chunkRows, packed, Batching.SORTED);
  }

  public LossOptions {
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "sequenceLength is " + sequenceLength + "; it must be at least 1");
    }
  }

  /** Rows of logits of a model that exist at once. */
  int chunkRows(ModelConfig config) {
    return Math.max(1, Math.min(chunkRows, CHUNK_LOGITS / config.vocabularySize()));
  }

  Device device() {
    return gpu < 0 ? Device.cpu() : Device.gpu(gpu);
  }
}

package dev.assay.model.causal;

import ai.djl.Device;
import java.util.Optional;

/**
 * How a decoder runs.
 *
 * @param precision type of weights and activations
 * @param device where it runs
 * @param threads threads of one operation on a CPU; at least 1
 * @param sequenceLength tokens of the longest sample there can be, at least 1; what a model's
 *     rotary embedding takes from a sequence's length follows from it, and never from a sample's
 *     own
 * @param layout how linear weights are laid out, before they are first used; the mapped file is let
 *     go then, but for embeddings
 * @param tuning how weights are trained; nothing where they are not
 */
public record DecoderOptions(
    Precision precision,
    Device device,
    int threads,
    int sequenceLength,
    Layout layout,
    Optional<Tuning> tuning) {
  public DecoderOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
    }
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "sequenceLength is " + sequenceLength + "; it must be at least 1");
    }
    if (layout != Layout.PLAIN && device.isGpu()) {
      throw new IllegalArgumentException(
          "the layout " + layout + " is for a CPU, not for " + device);
    }
    if (layout == Layout.MKL && precision != Precision.F32) {
      throw new IllegalArgumentException("the layout MKL is for F32, not for " + precision);
    }
  }

  /** The most words of the vocabulary whose logits exist at once. */
  public static final int WORDS = 2048;

  /**
   * On a CPU fewer, so that the logits of a sample's rows stay in the cache of one core, where four
   * passes read them.
   */
  private static final int CPU_WORDS = 512;

  /**
   * Words of the vocabulary whose logits exist at once: in training all of them, for some rows at a
   * time, because the gradient of a part of the head is as large as the head.
   */
  int blockWords(int vocabulary) {
    if (tuning.isPresent()) {
      return vocabulary;
    }
    return device.isGpu() ? WORDS : CPU_WORDS;
  }

  /** Queries that attention takes at once: few on a CPU, whose products stay in its caches. */
  int blockQueries() {
    return device.isGpu() ? 512 : 128;
  }

  /** PyTorch's name of the device. */
  String deviceName() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}

package dev.assay.model.causal;

import ai.djl.Device;

/**
 * How a decoder runs.
 *
 * @param precision type of weights and activations
 * @param device where it runs
 * @param threads threads of one operation on a CPU; at least 1
 * @param sequenceLength tokens of the longest sample there can be, at least 1; what a model's
 *     rotary embedding takes from a sequence's length follows from it, and never from a sample's
 *     own
 * @param chunkRows rows of logits that exist at once; at least 1
 * @param packed whether linear weights are copied, before they are first used, into oneDNN's own
 *     layout, which is faster on a CPU; the mapped file is let go then
 */
public record DecoderOptions(
    Precision precision,
    Device device,
    int threads,
    int sequenceLength,
    int chunkRows,
    boolean packed,
    double adapterScale) {
  public DecoderOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
    }
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "sequenceLength is " + sequenceLength + "; it must be at least 1");
    }
    if (packed && device.isGpu()) {
      throw new IllegalArgumentException("oneDNN's layout is for a CPU, not for " + device);
    }
    if (chunkRows < 1) {
      throw new IllegalArgumentException("chunkRows is " + chunkRows + "; it must be at least 1");
    }
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

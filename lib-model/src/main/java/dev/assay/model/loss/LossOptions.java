package dev.assay.model.loss;

import ai.djl.Device;
import dev.assay.model.causal.Precision;

/**
 * How losses are computed.
 *
 * @param precision type of weights and activations
 * @param gpu index of the CUDA device; −1: the CPU
 * @param threads threads of one operation on the CPU
 * @param chunkRows rows of logits that exist at once
 * @param packed on a CPU, whether linear weights are copied once into the layout that multiplies
 *     fastest; costs the copy at loading
 */
public record LossOptions(
    Precision precision, int gpu, int threads, int chunkRows, boolean packed) {
  private static final int CHUNK_ROWS = 512;

  public static LossOptions cpu(Precision precision, int threads) {
    return new LossOptions(precision, -1, threads, CHUNK_ROWS, true);
  }

  public static LossOptions gpu(Precision precision, int index) {
    return new LossOptions(precision, index, 1, CHUNK_ROWS, false);
  }

  Device device() {
    return gpu < 0 ? Device.cpu() : Device.gpu(gpu);
  }
}

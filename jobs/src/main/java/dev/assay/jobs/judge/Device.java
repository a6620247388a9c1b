package dev.assay.jobs.judge;

import dev.assay.model.causal.Precision;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import java.util.OptionalInt;

/**
 * What a model runs on.
 *
 * @param gpu index of the GPU; without one it is the CPU
 * @param threads of one operation on the CPU
 */
record Device(OptionalInt gpu, int threads) {
  LossOptions options(Precision precision) {
    return gpu.isPresent()
        ? LossOptions.gpu(precision, gpu.getAsInt())
        : LossOptions.cpu(precision, threads);
  }

  /**
   * Whether losses by a kernel are as good as this device's own. A model keeps to one kind of
   * device, as far as it can: its losses differ a little by it. What an earlier version computed is
   * never taken.
   */
  boolean isAsGood(String kernel) {
    return LossModel.isOfThisVersion(kernel) && kernel.contains("-cuda-") == gpu.isPresent();
  }

  @Override
  public String toString() {
    return gpu.isPresent() ? "gpu " + gpu.getAsInt() : "cpu";
  }
}

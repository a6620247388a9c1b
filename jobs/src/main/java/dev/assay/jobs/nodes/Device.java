package dev.assay.jobs.nodes;

import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What a model runs on.
 *
 * @param gpu index of the GPU; without one it is the CPU
 * @param threads of one operation on the CPU
 */
public record Device(OptionalInt gpu, int threads) {
  /** The GPU that Spark has given to a task, else the CPU. */
  public static Device of(TaskContext context, int threads) {
    ResourceInformation resource = context.resourcesJMap().get("gpu");
    return new Device(
        resource == null || resource.addresses().length == 0
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(resource.addresses()[0])),
        threads);
  }

  /** As losses are computed on it, one sample at a time. */
  public LossOptions options(Precision precision) {
    return gpu.isPresent()
        ? LossOptions.gpu(precision, gpu.getAsInt())
        : LossOptions.cpu(precision, threads);
  }

  /** As the losses of samples are computed on it. */
  public LossOptions options(EncodedSamples samples) {
    LossOptions options = options(samples.precision()).ofSequences(samples.sequenceLength());
    return samples.batching() == Batching.SORTED ? options.sorted() : options;
  }

  /** What of it decides a loss's last bits; starts the engine. */
  public String machine() {
    return LossModel.machine(options(Precision.F32));
  }

  /**
   * Whether losses by a kernel have the bits of this device's own, as far as its name tells. What
   * an earlier version computed is never taken.
   */
  public boolean isAsGood(String kernel) {
    return LossModel.machine(kernel).filter(machine()::equals).isPresent();
  }

  @Override
  public String toString() {
    return gpu.isPresent() ? "gpu " + gpu.getAsInt() : "cpu";
  }
}

package dev.assay.model.loss;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;

/** How much memory of a GPU is free, by whichever of two ways works on the machine. */
final class GpuMemory {
  private static final long MEBIBYTE = 1L << 20;

  /** Then the load itself shows whether it is enough. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  private GpuMemory() {}

  /** Free bytes; {@link Long#MAX_VALUE} where neither the CUDA runtime nor the driver tells. */
  static long free(Device device) {
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    } catch (IllegalStateException | IllegalArgumentException | LinkageError noRuntime) {
      // PyTorch brings a CUDA runtime of its own that JNA does not find.
      return GpuDriver.ask(device.getDeviceId(), "memory.free")
          .map(GpuMemory::mebibytes)
          .orElse(UNKNOWN);
    }
  }

  /** From a line such as {@code 80561}. */
  static long mebibytes(String answer) {
    String line = answer.strip();
    return line.matches("\\d{1,9}") ? Long.parseLong(line) * MEBIBYTE : UNKNOWN;
  }
}

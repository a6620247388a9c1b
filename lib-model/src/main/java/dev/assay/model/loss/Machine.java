package dev.assay.model.loss;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of a machine may decide a loss's last bits: the engine's version and the instructions of the
 * device, by which its libraries choose how they multiply.
 */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Of x86, the newest first, as Linux and oneDNN call them. */
  private static final List<String> INSTRUCTIONS =
      List.of("amx_bf16", "avx512_bf16", "avx512dq", "avx2");

  private Machine() {}

  /** As in {@code torch2.7.1-avx512_bf16} or {@code torch2.7.1-sm90}. */
  static String name(Device device) {
    String engine = "torch" + Engine.getEngine("PyTorch").getVersion().replace('-', '_');
    return engine + "-" + (device.isGpu() ? gpu(device) : cpu());
  }

  private static String cpu() {
    try {
      return Files.exists(PROCESSORS) ? instructions(Files.readString(PROCESSORS)) : architecture();
    } catch (IOException silent) {
      return architecture();
    }
  }

  static String instructions(String processors) {
    Optional<String> flags =
        processors.lines().filter(line -> line.startsWith("flags")).findFirst();
    List<String> known = List.of(flags.orElse("").split("\\s+"));
    return INSTRUCTIONS.stream().filter(known::contains).findFirst().orElse(architecture());
  }

  private static String architecture() {
    return System.getProperty("os.arch").toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static String gpu(Device device) {
    try {
      return "sm" + CudaUtils.getComputeCapability(device.getDeviceId());
    } catch (IllegalStateException | IllegalArgumentException | LinkageError noRuntime) {
      // PyTorch brings a CUDA runtime of its own that JNA does not find.
      return GpuDriver.ask(device.getDeviceId(), "compute_cap")
          .filter(answer -> answer.matches("\\d{1,2}\\.\\d"))
          .map(answer -> "sm" + answer.replace(".", ""))
          .orElse("cuda");
    }
  }
}

package dev.assay.model.loss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What NVIDIA's driver says of a GPU. */
final class GpuDriver {
  private static final long MOST_SECONDS = 10;

  private GpuDriver() {}

  /**
   * One property.
   *
   * @param index of the GPU
   * @param property as {@code nvidia-smi --help-query-gpu} calls it
   * @return without its unit; empty where the driver is silent
   */
  static Optional<String> ask(int index, String property) {
    try {
      Process process =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--query-gpu=" + property,
                  "--format=csv,noheader,nounits",
                  "--id=" + index)
              .redirectErrorStream(true)
              .start();
      try {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        byte[] answer = process.getInputStream().readNBytes(1024);
        return Optional.of(new String(answer, StandardCharsets.UTF_8).strip());
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

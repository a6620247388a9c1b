package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PeakMemoryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void aMegabyteIsAMillionBytes() throws Exception {
    double before = largestKibibytes() * 1024 / 1e6;
    double reported = PeakMemory.megabytes();
    assertThat(reported).isBetween(before, largestKibibytes() * 1024 / 1e6);
  }

  private static long largestKibibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

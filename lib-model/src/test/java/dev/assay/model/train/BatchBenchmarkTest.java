package dev.assay.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchBenchmarkTest {
  @Test
  void sortedBatchesAgreeWithSingleSamples(@TempDir Path folder) throws Exception {
    BatchBenchmark.Result result = BatchBenchmark.run(folder.resolve("model"), 6, 1);

    assertThat(result.samples()).isEqualTo(6);
    assertThat(result.difference()).isLessThan(2e-5);
  }
}

package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.canary.Canary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryIT {
  @TempDir Path folder;

  @Test
  void theCanarysLossIsWhatTransformersComputesInDouble() throws Exception {
    Path checkpoint = folder.resolve("canary");
    Canary.write(checkpoint);
    List<Map<String, Object>> samples =
        Canary.samples().stream()
            .map(
                sample ->
                    Map.<String, Object>of(
                        "ids", sample.ids(), "prompt_len", sample.promptLength()))
            .toList();

    double loss =
        PythonScripts.installed("requirements-model.txt")
            .run(
                "canary.py",
                Map.of("folder", checkpoint.toString(), "samples", samples),
                Map.of(),
                300)
            .asDouble();

    // transformers keeps cosines of positions in single precision, whose last bit is the
    // processor's:
    // two of them gave losses 8e-9 apart.
    assertThat(loss).isCloseTo(Canary.loss(), within(1e-7));
  }
}

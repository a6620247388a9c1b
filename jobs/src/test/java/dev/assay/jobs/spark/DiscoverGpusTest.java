package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceDiscoveryScriptPlugin;
import org.apache.spark.resource.ResourceID;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped discovery script beside an nvidia-smi that prints what real ones print. */
class DiscoverGpusTest {
  private static final Path SCRIPT = Path.of("..", "conf", "discover-gpus.sh").toAbsolutePath();

  @TempDir private Path folder;

  private record Ending(int code, String output) {}

  private void driver(String printed, int code) throws IOException {
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(program, "#!/bin/sh\nprintf '" + printed + "'\nexit " + code + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ending run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Ending(process.waitFor(), output);
  }

  @Test
  void everyGpuIsNamed() throws Exception {
    driver("0\\n1\\n", 0);

    assertThat(run(Map.of()))
        .isEqualTo(new Ending(0, "{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}"));
  }

  @Test
  void onlyVisibleGpusAreNamed() throws Exception {
    driver("0\\n1\\n10\\n", 0);

    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "10, 1")).output())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"1\",\"10\"]}");
    assertThat(run(Map.of("CUDA_VISIBLE_DEVICES", "7")))
        .isEqualTo(new Ending(1, "discover-gpus: no GPU is visible"));
  }

  @Test
  void aDriverThatFailsIsToldInOneLine() throws Exception {
    driver("", 9);
    assertThat(run(Map.of()).output()).isEqualTo("discover-gpus: nvidia-smi fails; run it by hand");
    driver("No devices were found", 0);
    assertThat(run(Map.of()).output())
        .isEqualTo("discover-gpus: nvidia-smi prints 'No' instead of a number");
  }

  @Test
  void sparkReadsWhatItPrints() throws Exception {
    Path wrapper = folder.resolve("discover");
    driver("0\\n1\\n", 0);
    Files.writeString(wrapper, "#!/bin/sh\nPATH=" + folder + ":$PATH exec " + SCRIPT + "\n");
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    ResourceRequest request =
        new ResourceRequest(
            new ResourceID("spark.executor", "gpu"),
            2,
            Optional.of(wrapper.toString()),
            Optional.empty());

    Optional<ResourceInformation> found =
        new ResourceDiscoveryScriptPlugin().discoverResource(request, new SparkConf(false));

    assertThat(found.orElseThrow().addresses()).containsExactly("0", "1");
  }
}

package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No configuration is read otherwise than by transformers in silence: for every key that a family's
 * configuration knows in transformers 4 or 5, with every kind of value, Assay refuses the
 * checkpoint or computes transformers' losses. {@code -Dconfiguration.sweep=FOLDER} looks at a
 * sweep that {@code .ci/campaigns/configurations} has recorded, instead of recording a part of one.
 */
class ConfigurationSweepIT {
  @TempDir private static Path temporary;
  private static Path folder;

  @BeforeAll
  static void recordWhatTransformersReads() throws Exception {
    String recorded = System.getProperty("configuration.sweep", "");
    folder = recorded.isEmpty() ? temporary : Path.of(recorded);
    if (recorded.isEmpty()) {
      PythonScripts four = PythonScripts.transformers4();
      PythonScripts five = PythonScripts.installed("requirements-model.txt");
      String script = "configuration_sweep.py";
      five.run(script, List.of("keys", folder.toString()), 300);
      four.run(script, List.of("keys", folder.toString()), 300);
      five.run(script, List.of("cases", folder.toString(), "--count", "10"), 300);
      five.run(script, List.of("losses", folder.toString()), 900);
      four.run(script, List.of("losses", folder.toString()), 900);
    }
  }

  static List<String> bases() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[a-z0-9_]+\\.[45]"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bases")
  void everyKeyIsReadAsByTransformersOrRefused(String base) throws Exception {
    Path work = Files.createDirectory(temporary.resolve("checkpoint-" + base));

    assertThat(new ConfigurationSweep(folder, work).differences(base)).isEmpty();
  }
}

package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What transformers 4 and 5 really write, family by family. */
class RecordedConfigurationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<String> namesOf4() throws IOException {
    return names("4.57.1");
  }

  static List<String> namesOf5() throws IOException {
    return names("5.23.0");
  }

  @ParameterizedTest
  @MethodSource("namesOf5")
  void asksForTheTensorsThatTransformers5Saves(String name) throws Exception {
    assertThat(expected(config("5.23.0", name))).isEqualTo(saved("5.23.0", name));
  }

  @ParameterizedTest
  @MethodSource("namesOf4")
  void asksForTheTensorsThatTransformers4Saves(String name) throws Exception {
    assertThat(expected(config("4.57.1", name))).isEqualTo(saved("4.57.1", name));
  }

  @ParameterizedTest
  @MethodSource("namesOf4")
  void bothSpellingsMeanTheSame(String name) throws Exception {
    assertThat(config("4.57.1", name)).isEqualTo(config("5.23.0", name));
  }

  private static Map<String, List<Long>> expected(ModelConfig config) {
    Map<String, List<Long>> shapes = new TreeMap<>();
    CheckpointBuilder.required(config).forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    return shapes;
  }

  private static Map<String, List<Long>> saved(String version, String name) throws IOException {
    Map<String, List<Long>> shapes = new TreeMap<>();
    recorded(version)
        .get(name)
        .get("tensors")
        .properties()
        .forEach(
            entry -> {
              List<Long> shape = new ArrayList<>();
              entry.getValue().forEach(size -> shape.add(size.longValue()));
              shapes.put(entry.getKey(), shape);
            });
    return shapes;
  }

  private static ModelConfig config(String version, String name) throws Exception {
    return ConfigFile.parse(JSON.writeValueAsBytes(recorded(version).get(name).get("config")));
  }

  private static List<String> names(String version) throws IOException {
    List<String> names = new ArrayList<>();
    recorded(version).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode recorded(String version) throws IOException {
    try (InputStream stream =
        RecordedConfigurationTest.class.getResourceAsStream("transformers-" + version + ".json")) {
      return JSON.readTree(stream).get("checkpoints");
    }
  }
}

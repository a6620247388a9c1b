package dev.assay.model.train;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Random weights of a new model: matrices normal with deviation 0.02 (transformers'
 * initializer_range), norms 1. The same seed gives the same bytes; each tensor has a random
 * sequence of its own.
 */
public final class Initialisation {
  private static final double DEVIATION = 0.02;

  private final long seed;
  private final Map<String, ExpectedTensor> tensors = new HashMap<>();
  private final Map<String, SplittableRandom> sequences = new HashMap<>();

  private Initialisation(ModelConfig config, long seed) {
    this.seed = seed;
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      tensors.put(tensor.name(), tensor);
    }
  }

  /**
   * Writes an untrained checkpoint.
   *
   * @param directory where it appears; must not exist
   * @param otherFiles contents by name, for example of tokenizer.json
   */
  public static void write(
      Path directory, LlamaShape shape, long seed, Map<String, byte[]> otherFiles)
      throws IOException {
    Initialisation initialisation = new Initialisation(shape.config(), seed);
    CheckpointWriter.write(
        directory, shape.config(), shape.json(), initialisation::values, otherFiles);
  }

  private float[] values(String name, long offset, int size) {
    float[] values = new float[size];
    if (tensors.get(name).shape().size() == 1) {
      Arrays.fill(values, 1f);
      return values;
    }
    SplittableRandom random = sequences.computeIfAbsent(name, this::sequence);
    for (int i = 0; i < size; i++) {
      values[i] = (float) (DEVIATION * random.nextGaussian());
    }
    return values;
  }

  private SplittableRandom sequence(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ crc.getValue());
  }
}

package dev.assay.model.train;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.Precision;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a checkpoint as transformers reads it: config.json, model.safetensors, and the files that
 * come with it. The directory appears complete, by one rename, or not at all.
 */
public final class CheckpointWriter {
  private CheckpointWriter() {}

  /** Writes a checkpoint in f32. */
  public static void write(
      Path directory,
      ModelConfig config,
      byte[] configJson,
      TensorValues values,
      Map<String, byte[]> otherFiles)
      throws IOException {
    write(directory, config, configJson, Precision.F32, values, otherFiles);
  }

  /**
   * Writes a checkpoint.
   *
   * @param directory where it appears; must not exist
   * @param config what {@code configJson} says
   * @param precision the type of the tensors in the file, to which the values are rounded
   * @param values the tensors that the configuration asks for
   * @param otherFiles contents by name, for example of tokenizer.json
   * @throws FileAlreadyExistsException if the directory exists
   */
  static void write(
      Path directory,
      ModelConfig config,
      byte[] configJson,
      Precision precision,
      TensorValues values,
      Map<String, byte[]> otherFiles)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(otherFiles);
    files.put("config.json", configJson);
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      if (tensor.required()) {
        shapes.put(tensor.name(), tensor.shape());
      }
    }
    NewFolder.write(
        directory, files, new NewFolder.Tensors("model.safetensors", precision, shapes, values));
  }
}

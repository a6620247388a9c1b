package dev.assay.model.train;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a checkpoint as transformers reads it: config.json, model.safetensors in f32, and the
 * files that come with it. The directory appears complete, by one rename, or not at all.
 */
public final class CheckpointWriter {
  private CheckpointWriter() {}

  /**
   * Writes a checkpoint.
   *
   * @param directory where it appears; must not exist
   * @param config what {@code configJson} says
   * @param values the tensors that the configuration asks for
   * @param otherFiles contents by name, for example of tokenizer.json
   * @throws FileAlreadyExistsException if the directory exists
   */
  public static void write(
      Path directory,
      ModelConfig config,
      byte[] configJson,
      TensorValues values,
      Map<String, byte[]> otherFiles)
      throws IOException {
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "a checkpoint is written to a directory of its own");
    }
    Path parent = directory.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path partial = Files.createTempDirectory(parent, "." + directory.getFileName() + ".partial-");
    List<Path> written = new ArrayList<>();
    try {
      writeFile(partial.resolve("config.json"), configJson, written);
      for (Map.Entry<String, byte[]> file : otherFiles.entrySet()) {
        writeFile(partial.resolve(file.getKey()), file.getValue(), written);
      }
      written.add(partial.resolve("model.safetensors"));
      writeTensors(partial.resolve("model.safetensors"), config, values);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(partial, written);
      throw e;
    }
  }

  private static void writeFile(Path file, byte[] content, List<Path> written) throws IOException {
    written.add(file);
    Files.write(file, content, StandardOpenOption.CREATE_NEW);
  }

  private static void delete(Path partial, List<Path> written) throws IOException {
    for (Path file : written) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(partial);
  }

  private static void writeTensors(Path file, ModelConfig config, TensorValues values)
      throws IOException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      if (tensor.required()) {
        shapes.put(tensor.name(), tensor.shape());
      }
    }
    // transformers wants to be told which framework the tensors are of.
    SafetensorsWriter.write(file, Map.of("format", "pt"), shapes, values);
  }
}

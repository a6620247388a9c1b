package dev.assay.model.train;

import dev.assay.model.causal.Precision;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder of small files and one of tensors, which appears complete, by one rename, or not. */
final class NewFolder {
  private NewFolder() {}

  /**
   * What its safetensors file has.
   *
   * @param shapes of the tensors by name, in the order of the file
   */
  record Tensors(
      String file, Precision precision, Map<String, List<Long>> shapes, TensorValues values) {}

  /**
   * Writes it.
   *
   * @param directory where it appears; must not exist
   * @param files contents by name
   * @throws FileAlreadyExistsException if the directory exists
   */
  static void write(Path directory, Map<String, byte[]> files, Tensors tensors) throws IOException {
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "weights are written to a directory of their own");
    }
    Path parent = directory.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path partial = Files.createTempDirectory(parent, "." + directory.getFileName() + ".partial-");
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        written.add(partial.resolve(file.getKey()));
        Files.write(partial.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
      written.add(partial.resolve(tensors.file()));
      // transformers wants to be told which framework the tensors are of.
      SafetensorsWriter.write(
          partial.resolve(tensors.file()),
          Map.of("format", "pt"),
          tensors.precision(),
          tensors.shapes(),
          tensors.values());
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(partial, written);
      throw e;
    }
  }

  private static void delete(Path partial, List<Path> written) throws IOException {
    for (Path file : written) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(partial);
  }
}

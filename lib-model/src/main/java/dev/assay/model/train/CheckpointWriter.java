package dev.assay.model.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.checkpoint.ExpectedTensor;
import dev.assay.model.checkpoint.ModelConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a checkpoint as transformers reads it: config.json, model.safetensors in f32, and the
 * files that come with it. The directory appears complete, by one rename, or not at all.
 */
public final class CheckpointWriter {
  private static final int CHUNK = 1 << 18;
  private static final int HEADER_ALIGNMENT = 8;

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
    List<ExpectedTensor> tensors =
        config.family().expectedTensors(config).stream().filter(ExpectedTensor::required).toList();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, header(tensors));
      for (ExpectedTensor tensor : tensors) {
        writeValues(channel, tensor, values);
      }
      channel.force(true);
    }
  }

  private static ByteBuffer header(List<ExpectedTensor> tensors) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode header = mapper.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (ExpectedTensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      tensor.shape().forEach(shape::add);
      long end = offset + elements(tensor) * Float.BYTES;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = mapper.writeValueAsBytes(header);
    int padded = (json.length + HEADER_ALIGNMENT - 1) / HEADER_ALIGNMENT * HEADER_ALIGNMENT;
    byte[] spaces = new byte[padded - json.length];
    Arrays.fill(spaces, (byte) ' ');
    return ByteBuffer.allocate(Long.BYTES + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded)
        .put(json)
        .put(spaces)
        .flip();
  }

  private static void writeValues(FileChannel channel, ExpectedTensor tensor, TensorValues values)
      throws IOException {
    long size = elements(tensor);
    for (long offset = 0; offset < size; offset += CHUNK) {
      int count = (int) Math.min(CHUNK, size - offset);
      float[] chunk = values.read(tensor.name(), offset, count);
      ByteBuffer buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(chunk, 0, count);
      writeFully(channel, buffer);
    }
  }

  private static long elements(ExpectedTensor tensor) {
    return tensor.shape().stream().reduce(1L, Math::multiplyExact);
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}

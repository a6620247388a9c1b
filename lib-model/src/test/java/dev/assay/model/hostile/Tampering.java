package dev.assay.model.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.checkpoint.CheckpointBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Ways to spoil a good checkpoint. */
final class Tampering {
  static final String WEIGHTS = "model.safetensors";
  static final String NORM = "model.norm.weight";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Tampering() {}

  /** A good checkpoint, to be spoiled. */
  static Path llama(Path directory) throws Exception {
    return CheckpointBuilder.write(directory, CheckpointBuilder.llama());
  }

  static HostileCheckpoint.Writer llamaThen(HostileCheckpoint.Writer spoil) {
    return directory -> spoil.write(llama(directory));
  }

  /** A good checkpoint beside which a file lies. */
  static HostileCheckpoint.Writer llamaAnd(String file, String content) {
    return llamaThen(directory -> Files.writeString(directory.resolve(file), content));
  }

  /** A good checkpoint whose configuration, and not its weights, is then changed. */
  static HostileCheckpoint.Writer configuration(Consumer<ObjectNode> change) {
    return llamaThen(
        directory -> {
          ObjectNode config = CheckpointBuilder.llama();
          change.accept(config);
          Files.write(directory.resolve("config.json"), JSON.writeValueAsBytes(config));
        });
  }

  /** A good checkpoint whose configuration is replaced by a text. */
  static HostileCheckpoint.Writer configurationText(String text) {
    return llamaThen(directory -> Files.writeString(directory.resolve("config.json"), text));
  }

  /** A good checkpoint whose header is then changed; the data stays. */
  static HostileCheckpoint.Writer header(Consumer<ObjectNode> change) {
    return llamaThen(
        directory -> {
          ObjectNode header = (ObjectNode) JSON.readTree(headerOf(directory));
          change.accept(header);
          headerText(directory, JSON.writeValueAsString(header));
        });
  }

  /** A good checkpoint whose header is replaced by a text; the data stays. */
  static HostileCheckpoint.Writer headerText(String text) {
    return llamaThen(directory -> headerText(directory, text));
  }

  static void headerText(Path directory, String text) throws IOException {
    String padded = text + " ".repeat((8 - text.length() % 8) % 8);
    byte[] header = padded.getBytes(StandardCharsets.ISO_8859_1);
    byte[] data = dataOf(directory);
    Files.write(
        directory.resolve(WEIGHTS),
        ByteBuffer.allocate(8 + header.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .put(data)
            .array());
  }

  static String headerOf(Path directory) throws IOException {
    byte[] file = Files.readAllBytes(directory.resolve(WEIGHTS));
    return new String(file, 8, headerLength(file), StandardCharsets.UTF_8).strip();
  }

  private static byte[] dataOf(Path directory) throws IOException {
    byte[] file = Files.readAllBytes(directory.resolve(WEIGHTS));
    return Arrays.copyOfRange(file, 8 + headerLength(file), file.length);
  }

  private static int headerLength(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Where a tensor's data begins, from the start of the file. */
  static long offset(Path directory, String tensor) throws IOException {
    byte[] file = Files.readAllBytes(directory.resolve(WEIGHTS));
    long begin =
        JSON.readTree(headerOf(directory)).get(tensor).get("data_offsets").get(0).longValue();
    return 8L + headerLength(file) + begin;
  }

  /** A file of the given bytes and then zeros, up to a size that the disk does not hold. */
  static void sparse(Path file, byte[] start, long size) throws IOException {
    Files.deleteIfExists(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
      sparse.write(start);
    }
  }

  static byte[] length(long header) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array();
  }
}

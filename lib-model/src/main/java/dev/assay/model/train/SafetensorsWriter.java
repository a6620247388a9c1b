package dev.assay.model.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.causal.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes tensors of one type as a safetensors file, a stretch at a time. */
final class SafetensorsWriter {
  private static final int CHUNK = 1 << 18;
  private static final int HEADER_ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a new file and makes it durable.
   *
   * @param precision the type in the file; values are rounded to the nearest of it, ties to even
   * @param shapes of the tensors by name, in the order of the file
   */
  static void write(
      Path file,
      Map<String, String> metadata,
      Precision precision,
      Map<String, List<Long>> shapes,
      TensorValues values)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, header(metadata, precision, shapes));
      for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
        writeValues(channel, tensor.getKey(), elements(tensor.getValue()), precision, values);
      }
      channel.force(true);
    }
  }

  /** The length, the JSON and its padding. */
  static ByteBuffer header(
      Map<String, String> metadata, Precision precision, Map<String, List<Long>> shapes)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode header = mapper.createObjectNode();
    ObjectNode about = header.putObject("__metadata__");
    metadata.forEach(about::put);
    long offset = 0;
    for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", precision.name());
      ArrayNode shape = entry.putArray("shape");
      tensor.getValue().forEach(shape::add);
      long end = offset + elements(tensor.getValue()) * precision.bytes();
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

  private static void writeValues(
      FileChannel channel, String tensor, long size, Precision precision, TensorValues values)
      throws IOException {
    for (long offset = 0; offset < size; offset += CHUNK) {
      int count = (int) Math.min(CHUNK, size - offset);
      float[] chunk = values.read(tensor, offset, count);
      writeFully(channel, stored(chunk, count, precision));
    }
  }

  private static ByteBuffer stored(float[] values, int count, Precision precision) {
    ByteBuffer buffer =
        ByteBuffer.allocate(count * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (precision == Precision.BF16) {
        buffer.putShort(bfloat16(values[i]));
      } else {
        buffer.putFloat(values[i]);
      }
    }
    return buffer.flip();
  }

  /** The nearest number that is the upper half of an f32; of two equally near the even one. */
  static short bfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> Short.SIZE);
    }
    int half = 0x7fff + ((bits >>> Short.SIZE) & 1);
    return (short) ((bits + half) >>> Short.SIZE);
  }

  private static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}

package dev.assay.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes safetensors files for tests. */
public final class WeightsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WeightsFile() {}

  /** Writes one file that holds the tensors in their order. */
  public static void write(
      Path file, List<ExpectedTensor> tensors, ElementType dtype, TensorWeights weights)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(header(tensors, dtype));
      for (ExpectedTensor tensor : tensors) {
        out.write(bytes(weights.of(tensor.name(), elements(tensor)), dtype));
      }
    }
  }

  /** Writes shards, tensors dealt out in turn, and their index. */
  public static void writeShards(
      Path directory,
      List<ExpectedTensor> tensors,
      int shards,
      ElementType dtype,
      TensorWeights weights)
      throws IOException {
    ObjectNode index = JSON.createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    for (int shard = 0; shard < shards; shard++) {
      String name = String.format("model-%05d-of-%05d.safetensors", shard + 1, shards);
      List<ExpectedTensor> dealt = dealt(tensors, shard, shards);
      dealt.forEach(tensor -> map.put(tensor.name(), name));
      write(directory.resolve(name), dealt, dtype, weights);
    }
    Files.write(directory.resolve("model.safetensors.index.json"), JSON.writeValueAsBytes(index));
  }

  /** The file's beginning: length, JSON, padding. */
  static byte[] header(List<ExpectedTensor> tensors, ElementType dtype) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (ExpectedTensor tensor : tensors) {
      long begin = end;
      end += (long) dtype.bytes() * elements(tensor);
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", dtype.name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
    }
    String text = JSON.writeValueAsString(header);
    byte[] json = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  static int elements(ExpectedTensor tensor) {
    return Math.toIntExact(tensor.shape().stream().reduce(1L, (a, b) -> a * b));
  }

  private static List<ExpectedTensor> dealt(List<ExpectedTensor> tensors, int shard, int shards) {
    return java.util.stream.IntStream.range(0, tensors.size())
        .filter(i -> i % shards == shard)
        .mapToObj(tensors::get)
        .toList();
  }

  private static byte[] bytes(float[] values, ElementType dtype) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (dtype) {
        case F32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort(bfloat16(value));
        case F16 -> bytes.putShort(float16(value));
        default -> throw new IllegalArgumentException("no weights are " + dtype);
      }
    }
    return bytes.array();
  }

  /** Rounded to nearest, ties to even. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  /** Rounded to nearest; normal and subnormal numbers only. */
  private static short float16(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 31 << 15;
    float scaled = Math.abs(value) * 0x1p-112f;
    int bits = Float.floatToRawIntBits(scaled);
    return (short) (sign | (bits + 0xfff + (bits >>> 13 & 1)) >>> 13);
  }
}

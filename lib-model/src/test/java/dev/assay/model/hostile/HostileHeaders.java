package dev.assay.model.hostile;

import static dev.assay.model.hostile.HostileCheckpoint.harmless;
import static dev.assay.model.hostile.HostileCheckpoint.refused;
import static dev.assay.model.hostile.Tampering.NORM;
import static dev.assay.model.hostile.Tampering.WEIGHTS;
import static dev.assay.model.hostile.Tampering.header;
import static dev.assay.model.hostile.Tampering.headerText;
import static dev.assay.model.hostile.Tampering.llamaThen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.Rejection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Safetensors files that lie about themselves. */
final class HostileHeaders {
  private HostileHeaders() {}

  static Stream<HostileCheckpoint> all() {
    return Stream.concat(Stream.concat(lengths(), syntax()), Stream.concat(values(), layout()));
  }

  private static Stream<HostileCheckpoint> lengths() {
    return Stream.of(
        refused("an empty file", Rejection.TRUNCATED, weights(new byte[0])),
        refused("seven bytes", Rejection.TRUNCATED, weights(new byte[7])),
        refused("a header of no bytes", Rejection.MALFORMED_HEADER, weights(new byte[8])),
        refused(
            "a header longer than its file", Rejection.TRUNCATED, weights(Tampering.length(100))),
        refused(
            "a header of 2^63 bytes",
            Rejection.HEADER_TOO_LARGE,
            weights(Tampering.length(Long.MIN_VALUE))),
        refused(
            "a header of 2^64 - 1 bytes",
            Rejection.HEADER_TOO_LARGE,
            weights(Tampering.length(-1))),
        refused(
            "a header of 2^31 bytes",
            Rejection.HEADER_TOO_LARGE,
            weights(Tampering.length(1L << 31))),
        refused(
            "a header bomb that is there",
            Rejection.HEADER_TOO_LARGE,
            llamaThen(
                directory ->
                    Tampering.sparse(
                        directory.resolve(WEIGHTS), Tampering.length(99_999_999), 100_000_007))),
        refused(
            "a header of zeros",
            Rejection.MALFORMED_HEADER,
            llamaThen(
                directory ->
                    Tampering.sparse(
                        directory.resolve(WEIGHTS), Tampering.length(8 << 20), 9 << 20))));
  }

  private static Stream<HostileCheckpoint> syntax() {
    return Stream.of(
        refused("a header that is no JSON", Rejection.MALFORMED_JSON, headerText("{not json}")),
        refused("a header that is an array", Rejection.MALFORMED_HEADER, headerText("[]")),
        refused("a header after a blank", Rejection.MALFORMED_HEADER, headerText(" {}")),
        refused("a header that stops", Rejection.MALFORMED_JSON, headerText("{\"a\":{\"dtype\":")),
        refused("two headers", Rejection.MALFORMED_HEADER, headerText("{}{}")),
        refused(
            "bytes that are no text", Rejection.MALFORMED_JSON, headerText("{\"\u00ff\u00fe\":1}")),
        refused(
            "brackets without end",
            Rejection.MALFORMED_HEADER,
            headerText("{\"a\":" + "[".repeat(1 << 20))),
        refused(
            "metadata nested without end",
            Rejection.MALFORMED_HEADER,
            headerText("{\"__metadata__\":" + "{\"a\":".repeat(1 << 18))),
        refused(
            "metadata of numbers",
            Rejection.MALFORMED_HEADER,
            headerText("{\"__metadata__\":{\"a\":1}}")),
        refused(
            "metadata that is a string",
            Rejection.MALFORMED_HEADER,
            headerText("{\"__metadata__\":\"pt\"}")),
        harmless(
            "metadata of megabytes",
            header(h -> ((ObjectNode) h.get("__metadata__")).put("a", "x".repeat(4 << 20)))),
        refused(
            "a number of a million digits",
            Rejection.MALFORMED_JSON,
            headerText("{\"a\":{\"shape\":[" + "9".repeat(1_000_000) + "]}}")),
        refused("a tensor that is a number", Rejection.MALFORMED_HEADER, headerText("{\"a\":1}")),
        refused(
            "a tensor twice",
            Rejection.MALFORMED_JSON,
            llamaThen(
                directory -> {
                  String header = Tampering.headerOf(directory);
                  headerText(
                      directory,
                      header.replace("{\"__metadata__\"", "{" + entry(NORM) + ",\"__metadata__\""));
                })),
        refused(
            "a dtype twice",
            Rejection.MALFORMED_JSON,
            headerText("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\"}}")),
        refused(
            "a tensor without a name",
            Rejection.MALFORMED_HEADER,
            headerText("{" + entry("") + "}")),
        refused(
            "a tensor with a long name",
            Rejection.MALFORMED_HEADER,
            headerText("{" + entry("x".repeat(10_000)) + "}")),
        refused(
            "a hundred thousand tensors", Rejection.TOO_MANY_TENSORS, headerText(many(100_000))));
  }

  private static Stream<HostileCheckpoint> values() {
    return Stream.of(
        refused("an unknown dtype", Rejection.UNKNOWN_DTYPE, norm(e -> e.put("dtype", "F8_E4M3"))),
        refused(
            "a dtype that is a number", Rejection.MALFORMED_HEADER, norm(e -> e.put("dtype", 3))),
        refused(
            "a dtype in small letters", Rejection.UNKNOWN_DTYPE, norm(e -> e.put("dtype", "f32"))),
        refused("no dtype", Rejection.MALFORMED_HEADER, norm(e -> e.remove("dtype"))),
        refused("no offsets", Rejection.MALFORMED_HEADER, norm(e -> e.remove("data_offsets"))),
        refused("a key more", Rejection.MALFORMED_HEADER, norm(e -> e.put("strides", 1))),
        refused(
            "a negative size", Rejection.MALFORMED_HEADER, norm(e -> e.putArray("shape").add(-16))),
        refused(
            "half an element",
            Rejection.MALFORMED_HEADER,
            norm(e -> e.putArray("shape").add(16.5))),
        refused(
            "a size that is a text",
            Rejection.MALFORMED_HEADER,
            norm(e -> e.putArray("shape").add("16"))),
        refused(
            "a shape that is a number", Rejection.MALFORMED_HEADER, norm(e -> e.put("shape", 16))),
        refused(
            "nine dimensions",
            Rejection.MALFORMED_HEADER,
            norm(e -> add(e.putArray("shape"), 16, 1, 1, 1, 1, 1, 1, 1, 1))),
        refused(
            "a size that overflows",
            Rejection.SIZE_OVERFLOW,
            norm(e -> add(e.putArray("shape"), 1L << 32, 1L << 32, 1L << 32))),
        refused(
            "a size that overflows to the right one",
            Rejection.SIZE_OVERFLOW,
            norm(e -> add(e.putArray("shape"), (1L << 62) + 16))),
        refused(
            "a size beyond 64 bits",
            Rejection.SIZE_OVERFLOW,
            norm(e -> e.putArray("shape").add(new java.math.BigInteger("18446744073709551632")))),
        refused(
            "one offset", Rejection.MALFORMED_HEADER, norm(e -> e.putArray("data_offsets").add(0))),
        refused(
            "three offsets",
            Rejection.MALFORMED_HEADER,
            norm(e -> add(e.putArray("data_offsets"), 0, 64, 128))),
        refused(
            "offsets in reverse",
            Rejection.MALFORMED_HEADER,
            norm(e -> add(e.putArray("data_offsets"), 64, 0))),
        refused(
            "an offset at the end of numbers",
            Rejection.SIZE_OVERFLOW,
            norm(e -> add(e.putArray("data_offsets"), Long.MAX_VALUE - 64, Long.MAX_VALUE))),
        refused(
            "offsets that do not fit the shape",
            Rejection.MALFORMED_HEADER,
            norm(e -> e.putArray("shape").add(17))));
  }

  private static Stream<HostileCheckpoint> layout() {
    return Stream.of(
        refused("tensors that overlap", Rejection.OVERLAPPING_TENSORS, move(-64)),
        refused("a gap", Rejection.UNCOVERED_BYTES, move(64)),
        refused("a tensor out of line", Rejection.MISALIGNED_TENSOR, move(2)),
        refused(
            "all tensors in one place",
            Rejection.OVERLAPPING_TENSORS,
            header(
                header -> {
                  ObjectNode norm = (ObjectNode) header.get(NORM);
                  add(norm.putArray("data_offsets"), 0, 64);
                })),
        refused(
            "bytes after the last tensor",
            Rejection.UNCOVERED_BYTES,
            llamaThen(
                directory ->
                    Files.write(
                        directory.resolve(WEIGHTS),
                        "PK\u0005\u0006".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        StandardOpenOption.APPEND))),
        refused(
            "data cut short",
            Rejection.TRUNCATED,
            llamaThen(
                directory -> {
                  try (FileChannel file =
                      FileChannel.open(directory.resolve(WEIGHTS), StandardOpenOption.WRITE)) {
                    file.truncate(file.size() - 1);
                  }
                })),
        refused(
            "a header out of line",
            Rejection.MISALIGNED_TENSOR,
            llamaThen(HostileHeaders::shiftByOne)),
        refused("no tensors", Rejection.UNCOVERED_BYTES, headerText("{}")));
  }

  /** Moves the norm, which is one before the last tensor, without its neighbours. */
  private static HostileCheckpoint.Writer move(long bytes) {
    return norm(
        entry -> {
          ArrayNode offsets = (ArrayNode) entry.get("data_offsets");
          long begin = offsets.get(0).longValue() + bytes;
          add(entry.putArray("data_offsets"), begin, begin + 64);
        });
  }

  private static void shiftByOne(Path directory) throws Exception {
    byte[] file = Files.readAllBytes(directory.resolve(WEIGHTS));
    long header = ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    ByteBuffer shifted = ByteBuffer.allocate(file.length + 1);
    shifted.put(Tampering.length(header + 1)).put(file, 8, (int) header).put((byte) ' ');
    shifted.put(file, 8 + (int) header, file.length - 8 - (int) header);
    Files.write(directory.resolve(WEIGHTS), shifted.array());
  }

  private static HostileCheckpoint.Writer norm(Consumer<ObjectNode> change) {
    return header(header -> change.accept((ObjectNode) header.get(NORM)));
  }

  private static HostileCheckpoint.Writer weights(byte[] bytes) {
    return llamaThen(directory -> Files.write(directory.resolve(WEIGHTS), bytes));
  }

  private static void add(ArrayNode array, long... values) {
    for (long value : values) {
      array.add(value);
    }
  }

  private static String entry(String name) {
    return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
  }

  private static String many(int tensors) {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors; i++) {
      header.append(i == 0 ? "" : ",").append(entry("t" + i));
    }
    return header.append('}').toString();
  }
}

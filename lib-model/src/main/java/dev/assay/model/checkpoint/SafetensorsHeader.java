package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.rejection.StrictJson;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The header of one safetensors file: eight bytes of length, that many bytes of JSON, then data
 * that the tensors cover exactly. The checks are the reference implementation's
 * (huggingface/safetensors, tensor.rs), and that each tensor begins at a multiple of its element
 * size, because files are mapped and not copied.
 */
final class SafetensorsHeader {
  private static final int LENGTH_BYTES = 8;
  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_NAME = 256;

  private final Path file;
  private final String name;
  private final CheckpointLimits limits;

  private SafetensorsHeader(Path file, CheckpointLimits limits) {
    this.file = file;
    this.name = String.valueOf(file.getFileName());
    this.limits = limits;
  }

  /** The tensors of a file in the order of their offsets. */
  static List<TensorEntry> read(Path file, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    SafetensorsHeader header = new SafetensorsHeader(file, limits);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      int length = header.headerLength(channel, size);
      return header.parse(header.bytes(channel, LENGTH_BYTES, length), size);
    }
  }

  /**
   * The same checks for a header that is already in memory; {@code fileSize} is the whole file's.
   */
  static List<TensorEntry> parse(Path file, byte[] json, long fileSize, CheckpointLimits limits)
      throws RejectedCheckpointException {
    return new SafetensorsHeader(file, limits).parse(json, fileSize);
  }

  private int headerLength(FileChannel channel, long size)
      throws RejectedCheckpointException, IOException {
    if (size < LENGTH_BYTES) {
      throw rejected(Rejection.TRUNCATED, "has %d bytes; a header's length alone takes 8", size);
    }
    long length =
        ByteBuffer.wrap(bytes(channel, 0, LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > limits.headerBytes()) {
      throw rejected(
          Rejection.HEADER_TOO_LARGE,
          "announces a header of %s bytes; the limit is %d",
          Long.toUnsignedString(length),
          limits.headerBytes());
    }
    if (length > size - LENGTH_BYTES) {
      throw rejected(
          Rejection.TRUNCATED, "has %d bytes, fewer than its header of %d", size, length);
    }
    return (int) length;
  }

  private byte[] bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException(file + " became shorter while it was read");
      }
    }
    return buffer.array();
  }

  private List<TensorEntry> parse(byte[] json, long fileSize) throws RejectedCheckpointException {
    if (json.length == 0 || json[0] != '{') {
      throw rejected(Rejection.MALFORMED_HEADER, "has a header that does not begin with {");
    }
    List<TensorEntry> tensors = new ArrayList<>();
    try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String tensor = parser.currentName();
        parser.nextToken();
        if (tensor.equals("__metadata__")) {
          metadata(parser);
        } else {
          tensors.add(tensor(parser, tensor, LENGTH_BYTES + (long) json.length));
        }
        if (tensors.size() > limits.tensors()) {
          throw rejected(Rejection.TOO_MANY_TENSORS, "has more than %d tensors", limits.tensors());
        }
      }
      if (parser.nextToken() != null) {
        throw rejected(Rejection.MALFORMED_HEADER, "has something after its header's object");
      }
    } catch (IOException e) {
      throw StrictJson.malformed("the header of " + name, e);
    }
    tensors.sort(Comparator.comparingLong(TensorEntry::offset).thenComparing(TensorEntry::length));
    requireFullCover(tensors, LENGTH_BYTES + (long) json.length, fileSize);
    return tensors;
  }

  private void metadata(JsonParser parser) throws IOException, RejectedCheckpointException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw rejected(Rejection.MALFORMED_HEADER, "has a __metadata__ that is not an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw rejected(
            Rejection.MALFORMED_HEADER, "has a value in __metadata__ that is not a string");
      }
    }
  }

  private TensorEntry tensor(JsonParser parser, String tensor, long dataStart)
      throws IOException, RejectedCheckpointException {
    if (tensor.isEmpty() || tensor.length() > LONGEST_NAME) {
      throw rejected(
          Rejection.MALFORMED_HEADER,
          "has a tensor name of %d characters; the limit is %d",
          tensor.length(),
          LONGEST_NAME);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(tensor, "an object");
    }
    ElementType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "dtype" -> dtype = dtype(parser, tensor);
        case "shape" -> shape = integers(parser, tensor, MOST_DIMENSIONS);
        case "data_offsets" -> offsets = integers(parser, tensor, 2);
        default -> throw malformed(tensor, "dtype, shape and data_offsets, and nothing else");
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw malformed(tensor, "dtype, shape and two data_offsets");
    }
    return entry(tensor, dtype, shape, offsets.get(0), offsets.get(1), dataStart);
  }

  private TensorEntry entry(
      String tensor, ElementType dtype, List<Long> shape, long begin, long end, long dataStart)
      throws RejectedCheckpointException {
    long expected = bytes(tensor, dtype, shape);
    if (end < begin || end - begin != expected) {
      throw rejected(
          Rejection.MALFORMED_HEADER,
          "gives %s of shape %s the bytes %d to %d; it needs %d",
          quoted(tensor),
          shape,
          begin,
          end,
          expected);
    }
    if (end > Long.MAX_VALUE - dataStart) {
      throw rejected(Rejection.SIZE_OVERFLOW, "ends %s at byte %d", quoted(tensor), end);
    }
    long offset = dataStart + begin;
    if (offset % dtype.bytes() != 0) {
      throw rejected(
          Rejection.MISALIGNED_TENSOR,
          "begins %s at byte %d, not a multiple of the %d bytes of %s; save it with safetensors"
              + " 0.3 or later",
          quoted(tensor),
          offset,
          dtype.bytes(),
          dtype);
    }
    return new TensorEntry(tensor, dtype, shape, file, offset, expected);
  }

  private long bytes(String tensor, ElementType dtype, List<Long> shape)
      throws RejectedCheckpointException {
    try {
      long bytes = dtype.bytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw rejected(
          Rejection.SIZE_OVERFLOW,
          "gives %s the shape %s, whose size does not fit 64 bits",
          quoted(tensor),
          shape);
    }
  }

  private ElementType dtype(JsonParser parser, String tensor)
      throws IOException, RejectedCheckpointException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed(tensor, "a dtype that is a string");
    }
    String dtype = parser.getText();
    return ElementType.named(dtype)
        .orElseThrow(
            () ->
                rejected(
                    Rejection.UNKNOWN_DTYPE,
                    "gives %s the dtype %s",
                    quoted(tensor),
                    quoted(dtype)));
  }

  private List<Long> integers(JsonParser parser, String tensor, int most)
      throws IOException, RejectedCheckpointException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed(tensor, "arrays of integers for shape and data_offsets");
    }
    List<Long> integers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || integers.size() == most) {
        throw malformed(tensor, "at most " + most + " integers in an array");
      }
      integers.add(integer(parser, tensor));
    }
    return integers;
  }

  private long integer(JsonParser parser, String tensor)
      throws IOException, RejectedCheckpointException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw rejected(
          Rejection.SIZE_OVERFLOW, "has a number for %s that does not fit 64 bits", quoted(tensor));
    }
    long integer = parser.getLongValue();
    if (integer < 0) {
      throw rejected(
          Rejection.MALFORMED_HEADER, "has the negative number %d for %s", integer, quoted(tensor));
    }
    return integer;
  }

  private void requireFullCover(List<TensorEntry> tensors, long dataStart, long fileSize)
      throws RejectedCheckpointException {
    long covered = dataStart;
    for (TensorEntry tensor : tensors) {
      if (tensor.offset() < covered) {
        throw rejected(
            Rejection.OVERLAPPING_TENSORS,
            "begins %s at byte %d, inside the tensor before it, which ends at %d",
            quoted(tensor.name()),
            tensor.offset(),
            covered);
      }
      if (tensor.offset() > covered) {
        throw rejected(
            Rejection.UNCOVERED_BYTES,
            "leaves bytes %d to %d, before %s, to no tensor",
            covered,
            tensor.offset(),
            quoted(tensor.name()));
      }
      covered += tensor.length();
    }
    if (covered > fileSize) {
      throw rejected(Rejection.TRUNCATED, "has %d bytes; its tensors end at %d", fileSize, covered);
    }
    if (covered < fileSize) {
      throw rejected(
          Rejection.UNCOVERED_BYTES,
          "has %d bytes after its last tensor, which ends at %d",
          fileSize - covered,
          covered);
    }
  }

  private RejectedCheckpointException malformed(String tensor, String expected) {
    return rejected(
        Rejection.MALFORMED_HEADER, "describes %s wrongly; expected: %s", quoted(tensor), expected);
  }

  private RejectedCheckpointException rejected(
      Rejection rejection, String format, Object... values) {
    return RejectedCheckpointException.because(rejection, name + " " + format, values);
  }
}

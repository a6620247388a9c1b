package dev.assay.model.causal;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.Part;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.ElementType;
import dev.assay.model.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A checkpoint's values as doubles, by what they do. Several tensors of one part are joined in
 * their order.
 */
final class ReferenceWeights {
  private record Key(int layer, Part part, boolean bias) {}

  private final Map<Key, double[]> values = new HashMap<>();

  ReferenceWeights(Checkpoint checkpoint) throws IOException {
    for (ExpectedTensor expected :
        checkpoint.config().family().expectedTensors(checkpoint.config())) {
      TensorEntry entry = checkpoint.tensors().get(expected.name());
      if (entry != null) {
        Key key = new Key(expected.layer(), expected.part(), expected.bias());
        values.merge(key, read(entry), ReferenceWeights::joined);
      }
    }
  }

  boolean has(int layer, Part part) {
    return values.containsKey(new Key(layer, part, false));
  }

  double[] weight(int layer, Part part) {
    return values.get(new Key(layer, part, false));
  }

  /** The bias, or null. */
  double[] bias(int layer, Part part) {
    return values.get(new Key(layer, part, true));
  }

  private static double[] joined(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static double[] read(TensorEntry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.length()).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        channel.read(bytes, entry.offset() + bytes.position());
      }
    }
    bytes.flip();
    double[] values = new double[(int) entry.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(bytes, entry.dtype());
    }
    return values;
  }

  private static double next(ByteBuffer bytes, ElementType dtype) {
    return switch (dtype) {
      case F32 -> bytes.getFloat();
      case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      case F16 -> half(bytes.getShort() & 0xffff);
      default -> throw new IllegalArgumentException("no weights are " + dtype);
    };
  }

  /** IEEE 754 binary16. */
  private static double half(int bits) {
    double sign = bits >>> 15 == 0 ? 1 : -1;
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * 0x1p-24
        : sign * (1 + fraction * 0x1p-10) * Math.pow(2, exponent - 15);
  }
}

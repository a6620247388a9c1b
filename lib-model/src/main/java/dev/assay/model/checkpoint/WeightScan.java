package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads a tensor once and sums the squares of its elements. In double precision that sum is finite
 * exactly if every F32, BF16 or F16 element is, however many there are; so one pass gives the norm
 * and finds NaN and infinity.
 */
final class WeightScan {
  private final TensorBlock block = new TensorBlock();
  private final float[] floats = new float[TensorBlock.BYTES / Float.BYTES];
  private final short[] shorts = new short[TensorBlock.BYTES / Short.BYTES];

  /** The Frobenius norm of a tensor; refuses one with an element that is not finite. */
  double norm(FileChannel channel, TensorEntry tensor)
      throws IOException, RejectedCheckpointException {
    double squares = 0;
    for (long done = 0; done < tensor.length(); done += TensorBlock.BYTES) {
      ByteBuffer bytes = block.read(channel, tensor, done);
      squares += squares(bytes, tensor.dtype());
      if (!Double.isFinite(squares)) {
        throw notFinite(bytes, tensor, done / tensor.dtype().bytes());
      }
    }
    return Math.sqrt(squares);
  }

  private double squares(ByteBuffer bytes, ElementType dtype) {
    if (dtype == ElementType.F32) {
      int count = bytes.limit() / Float.BYTES;
      bytes.asFloatBuffer().get(floats, 0, count);
      return squaresOfFloats(count);
    }
    int count = bytes.limit() / Short.BYTES;
    bytes.asShortBuffer().get(shorts, 0, count);
    if (dtype == ElementType.BF16) {
      return squaresOfBfloats(count);
    }
    return squaresOfHalves(count);
  }

  // Four sums, because one alone would wait for each addition before it.
  private double squaresOfFloats(int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += (double) floats[i] * floats[i];
      b += (double) floats[i + 1] * floats[i + 1];
      c += (double) floats[i + 2] * floats[i + 2];
      d += (double) floats[i + 3] * floats[i + 3];
    }
    for (; i < count; i++) {
      a += (double) floats[i] * floats[i];
    }
    return a + b + c + d;
  }

  private double squaresOfBfloats(int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      double w = NarrowFloat.fromBfloat16(shorts[i]);
      double x = NarrowFloat.fromBfloat16(shorts[i + 1]);
      double y = NarrowFloat.fromBfloat16(shorts[i + 2]);
      double z = NarrowFloat.fromBfloat16(shorts[i + 3]);
      a += w * w;
      b += x * x;
      c += y * y;
      d += z * z;
    }
    for (; i < count; i++) {
      double w = NarrowFloat.fromBfloat16(shorts[i]);
      a += w * w;
    }
    return a + b + c + d;
  }

  private double squaresOfHalves(int count) {
    double a = 0;
    double b = 0;
    int i = 0;
    for (; i + 1 < count; i += 2) {
      double x = NarrowFloat.fromFloat16(shorts[i]);
      double y = NarrowFloat.fromFloat16(shorts[i + 1]);
      a += x * x;
      b += y * y;
    }
    if (i < count) {
      double x = NarrowFloat.fromFloat16(shorts[i]);
      a += x * x;
    }
    return a + b;
  }

  /** Names the first element of the block that is not finite. */
  private RejectedCheckpointException notFinite(
      ByteBuffer bytes, TensorEntry tensor, long firstOfBlock) {
    int size = tensor.dtype().bytes();
    for (int i = 0; i < bytes.limit() / size; i++) {
      float value =
          switch (tensor.dtype()) {
            case F32 -> bytes.getFloat(i * size);
            case BF16 -> NarrowFloat.fromBfloat16(bytes.getShort(i * size));
            default -> NarrowFloat.fromFloat16(bytes.getShort(i * size));
          };
      if (!Float.isFinite(value)) {
        return RejectedCheckpointException.because(
            Rejection.NON_FINITE_WEIGHT,
            "element %d of %s is not finite",
            firstOfBlock + i,
            quoted(tensor.name()));
      }
    }
    throw new IllegalStateException(
        "no element of " + tensor.name() + " is without a finite square");
  }
}

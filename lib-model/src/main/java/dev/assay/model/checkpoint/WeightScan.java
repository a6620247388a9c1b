package dev.assay.model.checkpoint;

import static dev.assay.model.checkpoint.Quoted.quoted;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Reads a tensor once and sums the squares of its elements. In double precision that sum is finite
 * exactly if every F32, BF16 or F16 element is, however many there are; so one pass gives the norm
 * and finds NaN and infinity.
 *
 * <p>Reads instead of mapping: a file that is cut short while it is mapped would end the JVM.
 */
final class WeightScan {
  private static final int BLOCK = 1 << 18;

  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  private final float[] floats = new float[BLOCK / Float.BYTES];
  private final short[] shorts = new short[BLOCK / Short.BYTES];

  /** The Frobenius norm of a tensor; refuses one with an element that is not finite. */
  double norm(FileChannel channel, TensorEntry tensor)
      throws IOException, RejectedCheckpointException {
    double squares = 0;
    for (long done = 0; done < tensor.length(); done += block.limit()) {
      fill(channel, tensor, done);
      squares += squares(tensor.dtype());
      if (!Double.isFinite(squares)) {
        throw notFinite(tensor, done / tensor.dtype().bytes());
      }
    }
    return Math.sqrt(squares);
  }

  private void fill(FileChannel channel, TensorEntry tensor, long done) throws IOException {
    block.clear().limit((int) Math.min(BLOCK, tensor.length() - done));
    while (block.hasRemaining()) {
      if (channel.read(block, tensor.offset() + done + block.position()) < 0) {
        throw new EOFException(tensor.file() + " became shorter while it was read");
      }
    }
    block.flip();
  }

  private double squares(Dtype dtype) {
    if (dtype == Dtype.F32) {
      int count = block.limit() / Float.BYTES;
      block.asFloatBuffer().get(floats, 0, count);
      return squaresOfFloats(count);
    }
    int count = block.limit() / Short.BYTES;
    block.asShortBuffer().get(shorts, 0, count);
    if (dtype == Dtype.BF16) {
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
      double w = bfloat(shorts[i]);
      double x = bfloat(shorts[i + 1]);
      double y = bfloat(shorts[i + 2]);
      double z = bfloat(shorts[i + 3]);
      a += w * w;
      b += x * x;
      c += y * y;
      d += z * z;
    }
    for (; i < count; i++) {
      double w = bfloat(shorts[i]);
      a += w * w;
    }
    return a + b + c + d;
  }

  private double squaresOfHalves(int count) {
    double a = 0;
    double b = 0;
    int i = 0;
    for (; i + 1 < count; i += 2) {
      double x = half(shorts[i]);
      double y = half(shorts[i + 1]);
      a += x * x;
      b += y * y;
    }
    if (i < count) {
      double x = half(shorts[i]);
      a += x * x;
    }
    return a + b;
  }

  private static float bfloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /**
   * An F16 number: its exponent and fraction, read as those of an F32 number, are 2¹¹² too small.
   * Infinity and NaN become large instead of special that way, and so are made special again.
   */
  private static float half(short bits) {
    float magnitude = Float.intBitsToFloat((bits & 0x7fff) << 13) * 0x1p112f;
    return (bits & 0x7c00) == 0x7c00 ? Float.NaN : magnitude;
  }

  /** Names the first element of the block that is not finite. */
  private RejectedCheckpointException notFinite(TensorEntry tensor, long firstOfBlock) {
    int size = tensor.dtype().bytes();
    for (int i = 0; i < block.limit() / size; i++) {
      float value =
          switch (tensor.dtype()) {
            case F32 -> block.getFloat(i * size);
            case BF16 -> bfloat(block.getShort(i * size));
            default -> half(block.getShort(i * size));
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

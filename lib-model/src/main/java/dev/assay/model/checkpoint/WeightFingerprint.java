package dev.assay.model.checkpoint;

import static dev.assay.model.checkpoint.Quoted.quoted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A random projection of a checkpoint's weights in one pass: each element is added, with a random
 * sign, to one of a few sums (the count sketch of Charikar, Chen and Farach-Colton, 2002). For two
 * checkpoints and one seed, the squared distance of the sums is on average that of the weights,
 * with a relative deviation of √(2 / dimension).
 *
 * <p>Signs and places come from a tensor's name, so files, their order and the shards do not
 * matter. All arithmetic is in double precision and in one order: the same bits everywhere.
 */
final class WeightFingerprint {
  static final int LEAST = 64;
  static final int MOST = 4096;

  private static final byte[] DOMAIN = "assay fingerprint 1\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] seed;
  private final double[] sums;
  private final TensorBlock block = new TensorBlock();
  private final float[] values = new float[TensorBlock.BYTES / Short.BYTES];
  private final short[] shorts = new short[TensorBlock.BYTES / Short.BYTES];

  private WeightFingerprint(byte[] seed, int dimension) {
    if (dimension < LEAST || dimension > MOST || Integer.bitCount(dimension) != 1) {
      throw new IllegalArgumentException(
          "a fingerprint of "
              + dimension
              + " numbers; it must be a power of two from "
              + LEAST
              + " to "
              + MOST);
    }
    this.seed = seed.clone();
    this.sums = new double[dimension];
  }

  static double[] of(Checkpoint checkpoint, byte[] seed, int dimension)
      throws RejectedCheckpointException, IOException {
    WeightFingerprint fingerprint = new WeightFingerprint(seed, dimension);
    Map<String, TensorEntry> sorted = new TreeMap<>(checkpoint.tensors());
    sorted.keySet().removeAll(unused(checkpoint));
    for (TensorEntry tensor : sorted.values()) {
      fingerprint.add(tensor);
    }
    return fingerprint.sums;
  }

  /** What the model does not compute with could be filled with anything, to look different. */
  private static Set<String> unused(Checkpoint checkpoint) {
    Set<String> names = new HashSet<>();
    for (ExpectedTensor tensor : checkpoint.expectedTensors()) {
      if (!tensor.required()) {
        names.add(tensor.name());
      }
    }
    return names;
  }

  private void add(TensorEntry tensor) throws RejectedCheckpointException, IOException {
    RandomWords words = new RandomWords(streamOf(tensor.name()));
    try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
      for (long from = 0; from < tensor.length(); from += TensorBlock.BYTES) {
        project(decode(block.read(channel, tensor, from), tensor.dtype()), words);
      }
    }
    for (double sum : sums) {
      if (!Double.isFinite(sum)) {
        throw RejectedCheckpointException.because(
            Rejection.NON_FINITE_WEIGHT, "an element of %s is not finite", quoted(tensor.name()));
      }
    }
  }

  private long streamOf(String tensor) {
    MessageDigest digest = FileDigest.newSha256();
    digest.update(DOMAIN);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed.length).array());
    digest.update(seed);
    digest.update(tensor.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /** Fills {@link #values} and gives their number. */
  private int decode(ByteBuffer bytes, Dtype dtype) {
    int count = bytes.limit() / dtype.bytes();
    if (dtype == Dtype.F32) {
      bytes.asFloatBuffer().get(values, 0, count);
      return count;
    }
    bytes.asShortBuffer().get(shorts, 0, count);
    for (int i = 0; i < count; i++) {
      values[i] =
          dtype == Dtype.BF16
              ? NarrowFloat.fromBfloat16(shorts[i])
              : NarrowFloat.fromFloat16(shorts[i]);
    }
    return count;
  }

  /**
   * Adds the block's values, as many at a time as there are sums, each to its own. Which is whose
   * changes at random, so that a column of a matrix does not always meet the same sum.
   */
  private void project(int count, RandomWords words) {
    for (int start = 0; start < count; start += sums.length) {
      int turn = (int) words.next() & (sums.length - 1);
      int end = Math.min(sums.length, count - start);
      for (int group = 0; group < end; group += Long.SIZE) {
        long signs = words.next();
        int last = Math.min(group + Long.SIZE, end);
        for (int i = group; i < last; i++) {
          int sign = (int) (signs >>> i) << 31;
          sums[i ^ turn] += Float.intBitsToFloat(Float.floatToRawIntBits(values[start + i]) ^ sign);
        }
      }
    }
  }
}

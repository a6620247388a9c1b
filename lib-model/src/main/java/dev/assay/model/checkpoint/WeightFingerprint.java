package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * What a checkpoint's layers hold, in a form that a permutation of neurons does not move and that a
 * change of a few rows moves in a few numbers only. Of each matrix the columns are added up to one,
 * each with a random sign, and the sums of the rows are sorted and averaged in {@link #GROUPS}
 * groups; the same again with rows and columns exchanged. Permuted rows leave the first half of the
 * numbers as they are, permuted columns the second. Embeddings and heads are left out, because rows
 * of tokens that never occur could hold anything.
 *
 * <p>Random signs, because the rows' norms alone grow alike in any two fine-tunes, which says
 * nothing of whether one is a copy of the other. All arithmetic is in double precision and in one
 * order: the same bits everywhere.
 */
final class WeightFingerprint {
  /** Numbers of one half of a matrix. */
  static final int GROUPS = 8;

  private static final byte[] DOMAIN = "assay fingerprint 2\n".getBytes(StandardCharsets.US_ASCII);

  /** More rows or columns than any layer's matrix has; a bound on memory, 32 bytes each. */
  private static final long LONGEST_SIDE = 1 << 22;

  private final byte[] seed;
  private final TensorBlock block = new TensorBlock();
  private final float[] values = new float[TensorBlock.BYTES / Short.BYTES];
  private final short[] shorts = new short[TensorBlock.BYTES / Short.BYTES];

  private WeightFingerprint(byte[] seed) {
    this.seed = seed.clone();
  }

  static double[] of(Checkpoint checkpoint, byte[] seed)
      throws RejectedCheckpointException, IOException {
    List<ExpectedTensor> matrices =
        checkpoint.expectedTensors().stream()
            .filter(WeightFingerprint::isMatrixOfALayer)
            .filter(expected -> checkpoint.tensors().containsKey(expected.name()))
            .toList();
    WeightFingerprint fingerprint = new WeightFingerprint(seed);
    double[] numbers = new double[matrices.size() * 2 * GROUPS];
    for (int i = 0; i < matrices.size(); i++) {
      TensorEntry tensor = checkpoint.tensors().get(matrices.get(i).name());
      fingerprint.add(tensor, numbers, i * 2 * GROUPS);
    }
    return numbers;
  }

  private static boolean isMatrixOfALayer(ExpectedTensor expected) {
    return expected.layer() >= 0
        && expected.shape().size() > 1
        && expected.shape().stream().allMatch(side -> side <= LONGEST_SIDE);
  }

  private void add(TensorEntry tensor, double[] numbers, int at)
      throws RejectedCheckpointException, IOException {
    int rows = Math.toIntExact(tensor.shape().get(0));
    int columns = Math.toIntExact(tensor.elements() / rows);
    RandomWords words = new RandomWords(streamOf(rows, columns));
    Sides sides = new Sides(signs(rows, words), signs(columns, words));
    try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
      for (long from = 0; from < tensor.length(); from += TensorBlock.BYTES) {
        sides.add(values, decode(block.read(channel, tensor, from), tensor.dtype()));
      }
    }
    if (!sides.areFinite()) {
      throw RejectedCheckpointException.because(
          Rejection.NON_FINITE_WEIGHT, "an element of %s is not finite", quoted(tensor.name()));
    }
    average(sides.rowSums, numbers, at);
    average(sides.columnSums, numbers, at + GROUPS);
  }

  /** One for all matrices of a shape, whatever they are called. */
  private long streamOf(int rows, int columns) {
    MessageDigest digest = FileDigest.newSha256();
    digest.update(DOMAIN);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed.length).array());
    digest.update(seed);
    digest.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(rows).putLong(columns).array());
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static double[] signs(int count, RandomWords words) {
    double[] signs = new double[count];
    for (int start = 0; start < count; start += Long.SIZE) {
      long bits = words.next();
      for (int i = start; i < Math.min(count, start + Long.SIZE); i++) {
        signs[i] = (bits >>> (i - start) & 1) == 0 ? 1 : -1;
      }
    }
    return signs;
  }

  /** A matrix added up both ways, element after element in row-major order. */
  private static final class Sides {
    private final double[] rowSigns;
    private final double[] columnSigns;
    private final double[] rowSums;
    private final double[] columnSums;
    private int row;
    private int column;

    Sides(double[] rowSigns, double[] columnSigns) {
      this.rowSigns = rowSigns;
      this.columnSigns = columnSigns;
      rowSums = new double[rowSigns.length];
      columnSums = new double[columnSigns.length];
    }

    void add(float[] values, int count) {
      int next = 0;
      while (next < count) {
        int end = Math.min(count - next, columnSigns.length - column);
        double sum = rowSums[row];
        double sign = rowSigns[row];
        for (int i = 0; i < end; i++) {
          sum += columnSigns[column + i] * values[next + i];
          columnSums[column + i] += sign * values[next + i];
        }
        rowSums[row] = sum;
        next += end;
        column += end;
        if (column == columnSigns.length) {
          column = 0;
          row++;
        }
      }
    }

    boolean areFinite() {
      return Arrays.stream(rowSums).allMatch(Double::isFinite);
    }
  }

  private static void average(double[] sums, double[] numbers, int at) {
    Arrays.sort(sums);
    for (int group = 0; group < GROUPS; group++) {
      int from = (int) ((long) group * sums.length / GROUPS);
      int to = (int) ((group + 1L) * sums.length / GROUPS);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += sums[i];
      }
      numbers[at + group] = to == from ? 0 : sum / (to - from);
    }
  }

  /** Fills {@link #values} and gives their number. */
  private int decode(ByteBuffer bytes, ElementType dtype) {
    int count = bytes.limit() / dtype.bytes();
    if (dtype == ElementType.F32) {
      bytes.asFloatBuffer().get(values, 0, count);
      return count;
    }
    bytes.asShortBuffer().get(shorts, 0, count);
    for (int i = 0; i < count; i++) {
      values[i] =
          dtype == ElementType.BF16
              ? NarrowFloat.fromBfloat16(shorts[i])
              : NarrowFloat.fromFloat16(shorts[i]);
    }
    return count;
  }
}

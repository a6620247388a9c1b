package dev.assay.chain.yuma;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Yuma on full matrices, where an absent cell is a zero: the oracle for the sparse epoch. It shares
 * the scalar arithmetic and the median of one column with it, nothing else. It knows no liquid
 * alpha, in which the pallet's sparse and dense forms differ.
 */
final class DenseYuma {
  final long[] incentive;
  final long[] dividends;
  final long[][] storedBonds;

  DenseYuma(YumaInput input, long[] activeStake, boolean[] permits) {
    List<YumaNeuron> neurons = input.neurons();
    int n = neurons.size();
    YumaParameters parameters = input.parameters();
    long[][] weights = new long[n][n];
    long[][] bonds = new long[n][n];
    long lastEpoch =
        input.lastStepBlock() == 0
            ? Math.max(0, input.block() - parameters.tempo())
            : input.lastStepBlock() + 1;
    for (int i = 0; i < n; i++) {
      for (UidValue cell : neurons.get(i).weights()) {
        YumaNeuron target = neurons.get(cell.uid());
        boolean self = cell.uid() == i && input.ownerUid().orElse(-1) != i;
        boolean outdated = neurons.get(i).lastUpdate().orElseThrow() <= target.registeredAt();
        weights[i][cell.uid()] = permits[i] && !self && !outdated ? I32F32.of(cell.value()) : 0;
      }
      for (UidValue cell : neurons.get(i).bonds()) {
        boolean outdated = lastEpoch <= neurons.get(cell.uid()).registeredAt();
        long bond =
            parameters.yuma3() ? I32F32.ofU16Proportion(cell.value()) : I32F32.of(cell.value());
        bonds[i][cell.uid()] = outdated ? 0 : bond;
      }
      weights[i] = FixedVector.normalize(weights[i]);
    }
    long[] consensus = consensus(activeStake, weights, I32F32.ofU16Proportion(parameters.kappa()));
    long[][] clipped = map(weights, (i, j) -> Math.min(weights[i][j], consensus[j]));
    incentive =
        FixedVector.normalize(
            columnSums(map(clipped, (i, j) -> I32F32.multiply(clipped[i][j], activeStake[i]))));
    long penalty = I32F32.ofU16Proportion(parameters.bondsPenalty());
    long[][] target =
        map(
            weights,
            (i, j) ->
                I32F32.add(weights[i][j], I32F32.multiply(penalty, clipped[i][j] - weights[i][j])));
    long rate = MovingAverage.fixedRate(parameters.bondsMovingAverage());
    if (parameters.yuma3()) {
      long[][] followed = follow(target, bonds, rate);
      long[][] shares = normalizeColumns(followed);
      long[] earned = rowSums(map(shares, (i, j) -> I32F32.multiply(shares[i][j], incentive[j])));
      dividends = FixedVector.normalize(FixedVector.multiply(earned, activeStake));
      storedBonds = followed;
    } else {
      long[][] bought =
          normalizeColumns(map(target, (i, j) -> I32F32.multiply(target[i][j], activeStake[i])));
      long[][] followed = normalizeColumns(follow(bought, normalizeColumns(bonds), rate));
      dividends =
          FixedVector.normalize(
              rowSums(map(followed, (i, j) -> I32F32.multiply(followed[i][j], incentive[j]))));
      long[] greatest =
          IntStream.range(0, n)
              .mapToLong(j -> IntStream.range(0, n).mapToLong(i -> followed[i][j]).max().orElse(0))
              .toArray();
      storedBonds = map(followed, (i, j) -> I32F32.safeDiv(followed[i][j], greatest[j]));
    }
  }

  private interface Cell {
    long at(int row, int column);
  }

  private static long[][] map(long[][] matrix, Cell cell) {
    int n = matrix.length;
    return IntStream.range(0, n)
        .mapToObj(i -> IntStream.range(0, n).mapToLong(j -> cell.at(i, j)).toArray())
        .toArray(long[][]::new);
  }

  private static long[] rowSums(long[][] matrix) {
    return java.util.Arrays.stream(matrix).mapToLong(FixedVector::sum).toArray();
  }

  private static long[] columnSums(long[][] matrix) {
    return rowSums(map(matrix, (i, j) -> matrix[j][i]));
  }

  private static long[][] normalizeColumns(long[][] matrix) {
    long[] sums = columnSums(matrix);
    return map(matrix, (i, j) -> I32F32.safeDiv(matrix[i][j], sums[j]));
  }

  private static long[][] follow(long[][] target, long[][] bonds, long rate) {
    long rest = I32F32.ONE - rate;
    return map(
        target, (i, j) -> I32F32.multiply(rate, target[i][j]) + I32F32.multiply(rest, bonds[i][j]));
  }

  private static long[] consensus(long[] stake, long[][] weights, long kappa) {
    int[] voters = IntStream.range(0, stake.length).filter(i -> stake[i] > 0).toArray();
    long[] normalized =
        FixedVector.normalize(IntStream.of(voters).mapToLong(i -> stake[i]).toArray());
    long total = FixedVector.sum(normalized);
    return IntStream.range(0, stake.length)
        .mapToLong(
            j ->
                WeightedMedian.of(
                    normalized,
                    IntStream.of(voters).mapToLong(i -> weights[i][j]).toArray(),
                    total - kappa,
                    total))
        .toArray();
  }
}

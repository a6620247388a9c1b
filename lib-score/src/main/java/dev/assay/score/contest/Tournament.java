package dev.assay.score.contest;

import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.rules.Advantage;
import java.util.Arrays;
import java.util.List;

/**
 * Every model against every other on every sample that both have, as the original counts.
 *
 * @param wins by model: the samples it won over all opponents
 * @param matches by model: the samples it was compared on over all opponents
 * @param pairWins by model and opponent: the samples that the model won
 * @param pairMatches by model and opponent: the samples that were compared
 */
public record Tournament(List<Long> wins, List<Long> matches, Grid pairWins, Grid pairMatches) {

  /** A square of counts. */
  public static final class Grid {
    private final int[][] counts;

    Grid(int size) {
      counts = new int[size][size];
    }

    /** The count in one place. */
    public int at(int row, int column) {
      return counts[row][column];
    }
  }

  /**
   * Plays all matches.
   *
   * @param models the participants
   * @param samples which samples count; the others are skipped
   * @param block the block at which ages are taken
   */
  static Tournament play(
      List<ModelResult> models, SampleFilter samples, Advantage advantage, long block) {
    int size = models.size();
    Grid wins = new Grid(size);
    Grid matches = new Grid(size);
    double[][] losses = new double[size][];
    for (int i = 0; i < size; i++) {
      losses[i] = models.get(i).losses().toArray();
    }
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        double epsilon = epsilon(models.get(i), models.get(j), advantage, block);
        long blockI = models.get(i).entry().block();
        long blockJ = models.get(j).entry().block();
        double factorI = WinRule.factor(blockI, blockJ, epsilon);
        double factorJ = WinRule.factor(blockJ, blockI, epsilon);
        int common = Math.min(losses[i].length, losses[j].length);
        int compared = 0;
        int won = 0;
        int lost = 0;
        for (int k = 0; k < common; k++) {
          if (samples.counts(k)) {
            compared++;
            won += WinRule.isWin(losses[i][k], factorI, losses[j][k], factorJ) ? 1 : 0;
            lost += WinRule.isWin(losses[j][k], factorJ, losses[i][k], factorI) ? 1 : 0;
          }
        }
        wins.counts[i][j] = won;
        wins.counts[j][i] = lost;
        matches.counts[i][j] = compared;
        matches.counts[j][i] = compared;
      }
    }
    return new Tournament(sums(wins), sums(matches), wins, matches);
  }

  /** ε of the earlier of two models; 0 where both are from one block. */
  static double epsilon(ModelResult one, ModelResult other, Advantage advantage, long block) {
    long first = Math.min(one.entry().block(), other.entry().block());
    return one.entry().block() == other.entry().block() ? 0 : advantage.epsilon(first, block);
  }

  /** Share of its matches that a model won; 0 where it has none. */
  double winRate(int model) {
    long played = matches.get(model);
    return played == 0 ? 0 : wins.get(model) / (double) played;
  }

  private static List<Long> sums(Grid grid) {
    return Arrays.stream(grid.counts).map(row -> Arrays.stream(row).asLongStream().sum()).toList();
  }
}

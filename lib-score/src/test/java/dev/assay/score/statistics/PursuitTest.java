package dev.assay.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PursuitTest {
  private static final int SAMPLES = 400;
  private static final double ERROR = 0.05;

  @Test
  void aMuchWorseModelIsStoppedEarly() {
    Pursuit pursuit = pursuit(constant(1.0));
    assertThat(pursuit.stop(constant(1.5)).orElseThrow()).isBetween(3, 20);
  }

  @Test
  void aBetterAndAnEqualModelAreNotStopped() {
    Pursuit pursuit = pursuit(constant(1.0));
    assertThat(pursuit.stop(constant(0.9))).isEmpty();
    assertThat(pursuit.stop(constant(1.0))).isEmpty();
  }

  @Test
  void whatCannotBeMadeUpForStopsWithCertainty() {
    Pursuit certain = new Pursuit(constant(10.0), 0, 1, 1e-300);
    // Cut to a nat a sample, half of the samples lost is all that can be made up for.
    assertThat(certain.stop(constant(20.0))).isEqualTo(OptionalInt.of(SAMPLES / 2));
  }

  @Test
  void theLastSampleStopsNothing() {
    Pursuit pursuit = new Pursuit(new double[] {1}, 0, 1, 0.5);
    assertThat(pursuit.stop(new double[] {9})).isEmpty();
  }

  @Test
  void aLossThatIsNotFiniteIsNotForItToDecide() {
    double[] losses = constant(1.5);
    losses[0] = Double.NaN;
    assertThat(pursuit(constant(1.0)).stop(losses)).isEmpty();
  }

  @Test
  void aSampleThatIsEmptyForTheModelAheadCountsForNeither() {
    double[] ahead = constant(1.0);
    double[] losses = constant(1.5);
    int without = pursuit(Arrays.copyOf(ahead, SAMPLES - 1)).stop(losses).orElseThrow();
    ahead[0] = Double.NaN;
    losses[0] = Double.NaN;
    assertThat(pursuit(ahead).stop(losses)).isEqualTo(OptionalInt.of(without + 1));
  }

  /**
   * The hardest population: a model that is ahead by a hair. Whatever the losses are, a random
   * order stops it no more often than stated.
   */
  @Test
  void aModelThatIsAheadIsStoppedNoMoreOftenThanStated() {
    int trials = 4_000;
    for (double spread : new double[] {0.05, 0.3, 3}) {
      int stopped = 0;
      for (int trial = 0; trial < trials; trial++) {
        SeededRandom random = SeededRandom.of(7, trial);
        double[] ahead = constant(2.0);
        double[] losses = ahead.clone();
        // Few large wins and many small losses: what a sample of the start misses most.
        for (int i = 0; i < SAMPLES; i++) {
          losses[i] += i % 10 == 0 ? -9 * spread / 10 : spread / 10;
        }
        shuffle(losses, random);
        Pursuit pursuit = new Pursuit(ahead, 0, 1, ERROR);
        if (pursuit.lead(losses) > -1e-9) {
          stopped += pursuit.stop(losses).isPresent() ? 1 : 0;
        }
      }
      // Three standard errors above the stated rate.
      assertThat(stopped / (double) trials)
          .isLessThan(ERROR + 3 * Math.sqrt(ERROR * (1 - ERROR) / trials));
    }
  }

  private static Pursuit pursuit(double[] ahead) {
    return new Pursuit(ahead, 0.001, 1, ERROR);
  }

  private static double[] constant(double loss) {
    double[] losses = new double[SAMPLES];
    Arrays.fill(losses, loss);
    return losses;
  }

  private static void shuffle(double[] values, SeededRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double moved = values[i];
      values[i] = values[other];
      values[other] = moved;
    }
  }
}

package dev.assay.score.statistics;

import dev.assay.score.Limits;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Whether a model can still get ahead of an earlier one on a window's samples, told after each
 * sample. Of one sample, x = y − ε·z as in {@link Evidence}: y is cut to ±clip, so x is at most
 * clip. What is tested is that the sum of x over all samples is at least 0, without which the later
 * model overtakes in no way of estimating errors or of grouping samples.
 *
 * <p>The test bets against that, as Waudby-Smith and Ramdas do for a population that is sampled
 * without replacement ("Estimating means of bounded random variables by betting", arXiv 2010.15110,
 * section 5). After samples whose x sum to S, the remaining r would need a mean of m = −S / r; the
 * capital is multiplied by 1 + λ·(m − x), with a λ that only earlier samples decide, at least 0 and
 * below 1 / (clip − m). Where the sum is at least 0 the capital is a supermartingale, and by
 * Ville's inequality it ever exceeds 1 / error with a probability of at most {@code error}. λ is
 * Kelly's bet on the mean and variance seen so far.
 *
 * <p>The samples are fixed and only their order is random. That the order is a uniform draw, which
 * nobody could foresee who made a model or a sample, is all that is assumed.
 */
public final class Pursuit implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Share of the largest admissible bet that is placed at most: capital never gets near 0. */
  private static final double BOLDNESS = 0.9;

  private final double[] ahead;
  private final double epsilon;
  private final double clip;
  private final double error;

  /**
   * @param ahead the earlier model's loss on every sample, in the samples' order
   * @param epsilon its advantage, at least 0 and below 1
   * @param clip the most that one sample counts, in nats, above 0
   * @param error probability of stopping a model that would get ahead, above 0 and below 1
   */
  public Pursuit(double[] ahead, double epsilon, double clip, double error) {
    Limits.between("epsilon", epsilon, 0, Math.nextDown(1.0));
    Limits.above("clip", clip, 0);
    Limits.between("error", error, Double.MIN_NORMAL, Math.nextDown(1.0));
    this.ahead = ahead.clone();
    this.epsilon = epsilon;
    this.clip = clip;
    this.error = error;
  }

  /** A new run through the samples. */
  public Course begin() {
    return new Course();
  }

  /**
   * After how many samples a model is stopped.
   *
   * @param losses its losses, in the samples' order
   * @return empty if it isn't, or only by the last sample
   */
  public OptionalInt stop(double[] losses) {
    Course course = begin();
    for (int i = 0; i < Math.min(losses.length, ahead.length); i++) {
      if (course.isLostAfter(losses[i])) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * How far a model is ahead: the sum of x over the samples that both have a finite loss on; at
   * least 0 for one that a stop would be wrong for.
   */
  public double lead(double[] losses) {
    double sum = 0;
    for (int i = 0; i < Math.min(losses.length, ahead.length); i++) {
      double x = x(ahead[i], losses[i]);
      sum += Double.isFinite(x) ? x : 0;
    }
    return sum;
  }

  private double x(double against, double loss) {
    double y = Math.max(-clip, Math.min(clip, against - loss));
    return y - epsilon * Math.min(against, loss);
  }

  /** One model's run through the samples. */
  public final class Course {
    private int taken;
    private int left = countFinite();
    private int counted;
    private double sum;
    // A pseudo-observation of the widest spread keeps the first bets small.
    private double squares = clip * clip / 4;
    private double logCapital;
    private boolean isOpen = true;

    private Course() {}

    private int countFinite() {
      int count = 0;
      for (double loss : ahead) {
        count += Double.isFinite(loss) ? 1 : 0;
      }
      return count;
    }

    /**
     * Takes the loss on the next sample.
     *
     * @return whether the model is established not to get ahead, and samples are left that this
     *     spares; never after a loss that is not finite, since another rule decides on that
     */
    public boolean isLostAfter(double loss) {
      double against = ahead[taken++];
      isOpen &= Double.isFinite(loss) || !Double.isFinite(against);
      if (!isOpen || !Double.isFinite(against) || !Double.isFinite(loss)) {
        return false;
      }
      bet(x(against, loss));
      return left > 0 && (needed() >= clip || logCapital >= -StrictMath.log(error));
    }

    private void bet(double x) {
      double needed = needed();
      double mean = sum / (counted + 1);
      double variance = squares / (counted + 1);
      double gap = needed - mean;
      double kelly = gap / (variance + gap * gap);
      double bet = Math.max(0, Math.min(kelly, BOLDNESS / (clip - needed)));
      logCapital += StrictMath.log1p(bet * (needed - x));
      counted++;
      left--;
      sum += x;
      double residual = x - sum / (counted + 1);
      squares += residual * residual;
    }

    /** The mean that the samples left need for a sum of 0. */
    private double needed() {
      return -sum / left;
    }
  }
}

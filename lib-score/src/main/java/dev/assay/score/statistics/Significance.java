package dev.assay.score.statistics;

import dev.assay.score.Limits;
import java.util.OptionalDouble;

/**
 * When a difference between two models counts as established: paired differences on the same
 * samples, clustered errors, and bounds that hold at every look at once.
 *
 * <ul>
 *   <li>Pairing and clustering: Miller, "Adding Error Bars to Evals" (arXiv 2411.00640), sections
 *       2.2 and 4.2. With X the sum of a cluster's differences, m its size and x̄ the mean over all
 *       n samples, the variance of x̄ is Σ(X − x̄·m)² / n², times G/(G − 1) for G clusters.
 *   <li>Anytime-valid bounds: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central
 *       limit theory and asymptotic confidence sequences" (arXiv 2103.06476), theorem 2.2: with t
 *       observations of standard deviation σ, x̄ ± σ · √(2(tρ² + 1) / (t²ρ²) · ln(√(tρ² + 1) / α)).
 *       The observations are the clusters. ρ makes the bounds tightest at t = {@code horizon}
 *       (their appendix on the choice of ρ): ρ² = (−2 ln α + ln(−2 ln α) + 1) / t.
 * </ul>
 *
 * As the bounds hold at all times simultaneously, looking every window, for ever, gives chance no
 * further opportunity.
 *
 * @param falsePromotion probability that, of {@code challengers} models that are not better than
 *     the one they challenge, any is ever promoted, above 0 and below 1
 * @param challengers how many challenges share that probability (Bonferroni), at least 1
 * @param horizon clusters at which the bounds are tightest, at least 1
 * @param minClusters clusters below which nothing is established, at least 2
 * @param clip the most that one sample counts, in nats, above 0
 * @param tolerance how far two machines' losses may differ, as a share of a loss: nothing smaller
 *     than this is established; at least 0
 * @param decideEvery windows between two decisions on a pair: after its first window together a
 *     pair is decided on in the windows whose number this divides, so that validators whose losses
 *     differ a little mostly decide in the same window; at least 1
 */
public record Significance(
    double falsePromotion,
    int challengers,
    int horizon,
    int minClusters,
    double clip,
    double tolerance,
    int decideEvery) {
  /** What policy assay-1 uses: one in twenty over 256 challengers, tightest at 400 samples. */
  public static final Significance DEFAULT = new Significance(0.05, 256, 400, 8, 1, 5e-4, 8);

  public Significance {
    Limits.between("significance.false_promotion", falsePromotion, 1e-12, 0.5);
    Limits.atLeast("significance.challengers", challengers, 1);
    Limits.atLeast("significance.horizon", horizon, 1);
    Limits.atLeast("significance.min_clusters", minClusters, 2);
    Limits.above("significance.clip", clip, 0);
    Limits.between("significance.tolerance", tolerance, 0, 1);
    Limits.atLeast("significance.decide_every", decideEvery, 1);
  }

  /** The probability of error that one pair has over all times: α. */
  public double errorOfPair() {
    return falsePromotion / challengers;
  }

  /** How far the later model is ahead beyond ε, in nats per token, with anytime-valid bounds. */
  public Interval ahead(Evidence evidence, double epsilon) {
    if (evidence.n() == 0) {
      return new Interval(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double mean = (evidence.y() - epsilon * evidence.z()) / evidence.n();
    if (evidence.clusters() < minClusters) {
      return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double half = standardError(evidence, epsilon) * boundary(evidence.clusters());
    return new Interval(mean, mean - half, mean + half);
  }

  /** The clustered standard error of the mean of y − ε·z. */
  public double standardError(Evidence evidence, double epsilon) {
    double n = evidence.n();
    double g = evidence.clusters();
    double mean = (evidence.y() - epsilon * evidence.z()) / n;
    double squares =
        evidence.yy() - 2 * epsilon * evidence.yz() + epsilon * epsilon * evidence.zz();
    double products = evidence.yn() - epsilon * evidence.zn();
    double residuals = squares - 2 * mean * products + mean * mean * evidence.nn();
    // Rounding can leave a sum of squares a little below 0.
    return Math.sqrt(Math.max(0, residuals) * g / (g - 1)) / n;
  }

  /** Half the width of the bounds, in standard errors, after t clusters. */
  double boundary(double t) {
    double alpha = errorOfPair();
    double twiceLog = -2 * StrictMath.log(alpha);
    double rhoSquared = (twiceLog + StrictMath.log(twiceLog) + 1) / horizon;
    double spread = t * rhoSquared + 1;
    double logarithm = StrictMath.log(Math.sqrt(spread) / alpha);
    // σ is √t standard errors, so that one factor t cancels.
    return Math.sqrt(2 * spread / (t * rhoSquared) * logarithm);
  }

  /**
   * Whether a pair is decided on.
   *
   * @param before the last window that the pair was observed in; -1 where there was none
   * @param window this window; -1 outside any
   */
  public boolean isDue(long before, long window) {
    return before < 0 || window < 0 || window / decideEvery > before / decideEvery;
  }

  /** What the evidence says at this ε, with the kernels' tolerance as a dead band around 0. */
  public Decision decide(Evidence evidence, double epsilon) {
    Interval ahead = ahead(evidence, epsilon);
    double band = evidence.n() == 0 ? 0 : tolerance * evidence.z() / evidence.n();
    if (ahead.low() > band) {
      return Decision.LATER;
    }
    return ahead.high() < -band ? Decision.EARLIER : Decision.UNRESOLVED;
  }

  /**
   * The largest ε, to within 10⁻⁹, at which the evidence would establish the later model; empty
   * where it does not even without any advantage.
   */
  public OptionalDouble largestEpsilon(Evidence evidence) {
    if (decide(evidence, 0) != Decision.LATER) {
      return OptionalDouble.empty();
    }
    double sufficient = 0;
    double tooLarge = 1;
    while (tooLarge - sufficient > 1e-9) {
      double middle = (sufficient + tooLarge) / 2;
      if (decide(evidence, middle) == Decision.LATER) {
        sufficient = middle;
      } else {
        tooLarge = middle;
      }
    }
    return OptionalDouble.of(sufficient);
  }
}

package dev.assay.score.statistics;

import dev.assay.score.Limits;
import java.util.Objects;

/**
 * All that has been observed of an earlier and a later model on the same samples, as sums over
 * clusters; sums of separate windows add. For one sample, with a the earlier and c the later loss:
 *
 * <ul>
 *   <li>y = a − c, cut to ±{@code clip} nats, so that no single sample decides
 *   <li>z = the smaller of a and c: what ε is a share of, so that an erratic model cannot make its
 *       own advantage large
 * </ul>
 *
 * The later model is ahead by y − ε·z. ε is applied afterwards, because it changes with age.
 *
 * @param competition the competition's id
 * @param earlier the earlier model, as its entry names it
 * @param later the later model
 * @param window the last window that is included; -1 where there are none
 * @param clusters number of clusters, each counted once per window
 * @param n samples
 * @param y sum of y
 * @param z sum of z
 * @param yy sum over clusters of the square of the cluster's y
 * @param yz sum over clusters of the product of the cluster's y and z
 * @param zz sum over clusters of the square of the cluster's z
 * @param yn sum over clusters of the product of the cluster's y and size
 * @param zn sum over clusters of the product of the cluster's z and size
 * @param nn sum over clusters of the square of the cluster's size
 * @param laterLeads the decision that stands until the evidence reverses it
 */
public record Evidence(
    String competition,
    String earlier,
    String later,
    long window,
    double clusters,
    double n,
    double y,
    double z,
    double yy,
    double yz,
    double zz,
    double yn,
    double zn,
    double nn,
    boolean laterLeads) {
  private static final double LARGEST = 1e300;

  public Evidence {
    Objects.requireNonNull(competition, "competition");
    Objects.requireNonNull(earlier, "earlier");
    Objects.requireNonNull(later, "later");
    boolean isBounded =
        isBounded(clusters) && isBounded(n) && isBounded(y) && isBounded(z) && isBounded(yy);
    isBounded &= isBounded(yz) && isBounded(zz) && isBounded(yn) && isBounded(zn) && isBounded(nn);
    // The words take longer than the check, which a field of 256 makes a hundred thousand times.
    if (!isBounded) {
      for (double sum : new double[] {clusters, n, y, z, yy, yz, zz, yn, zn, nn}) {
        Limits.between("evidence of " + earlier + " and " + later, sum, -LARGEST, LARGEST);
      }
    }
  }

  private static boolean isBounded(double sum) {
    return Math.abs(sum) <= LARGEST;
  }

  /** Nothing observed yet: the earlier one leads. */
  public static Evidence none(String competition, String earlier, String later) {
    return new Evidence(competition, earlier, later, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
  }

  /**
   * This with another window's observations added.
   *
   * @throws IllegalArgumentException if that window is included already: a window is scored again
   *     from what stood before it, not from its own result
   */
  public Evidence plus(ClusterSums sums, long newWindow) {
    if (window >= 0 && newWindow <= window) {
      throw new IllegalArgumentException(
          "previous standings: hold evidence of window "
              + window
              + ", must be older than window "
              + newWindow
              + "; score a window again from the standings before it");
    }
    return new Evidence(
        competition,
        earlier,
        later,
        newWindow,
        clusters + sums.clusters,
        n + sums.n,
        y + sums.y,
        z + sums.z,
        yy + sums.yy,
        yz + sums.yz,
        zz + sums.zz,
        yn + sums.yn,
        zn + sums.zn,
        nn + sums.nn,
        laterLeads);
  }

  /** The decision alone: what was observed no longer says anything. */
  public Evidence withoutObservations() {
    return none(competition, earlier, later).withLaterLeads(laterLeads);
  }

  /** This with another decision. */
  public Evidence withLaterLeads(boolean leads) {
    return new Evidence(
        competition, earlier, later, window, clusters, n, y, z, yy, yz, zz, yn, zn, nn, leads);
  }
}

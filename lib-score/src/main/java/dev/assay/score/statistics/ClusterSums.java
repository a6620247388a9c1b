package dev.assay.score.statistics;

/** One window's observations of two models, summed as {@link Evidence} describes. */
public final class ClusterSums {
  double clusters;
  double n;
  double y;
  double z;
  double yy;
  double yz;
  double zz;
  double yn;
  double zn;
  double nn;

  private ClusterSums() {}

  /**
   * Sums the differences of two models on the samples that both have a loss on.
   *
   * @param earlier the earlier model's loss on each sample
   * @param later the later model's
   * @param clusters for each sample the number of its cluster, from 0; -1 where it is skipped
   * @param clip the most that one sample counts, in nats
   */
  public static ClusterSums of(double[] earlier, double[] later, int[] clusters, double clip) {
    double[] clusterY = new double[clusters.length];
    double[] clusterZ = new double[clusters.length];
    int[] size = new int[clusters.length];
    int common = Math.min(clusters.length, Math.min(earlier.length, later.length));
    for (int i = 0; i < common; i++) {
      int cluster = clusters[i];
      if (cluster >= 0) {
        clusterY[cluster] += Math.max(-clip, Math.min(clip, earlier[i] - later[i]));
        clusterZ[cluster] += Math.min(earlier[i], later[i]);
        size[cluster]++;
      }
    }
    ClusterSums sums = new ClusterSums();
    for (int cluster = 0; cluster < clusters.length; cluster++) {
      if (size[cluster] > 0) {
        sums.add(clusterY[cluster], clusterZ[cluster], size[cluster]);
      }
    }
    return sums;
  }

  private void add(double clusterY, double clusterZ, double size) {
    clusters++;
    n += size;
    y += clusterY;
    z += clusterZ;
    yy += clusterY * clusterY;
    yz += clusterY * clusterZ;
    zz += clusterZ * clusterZ;
    yn += clusterY * size;
    zn += clusterZ * size;
    nn += size * size;
  }
}

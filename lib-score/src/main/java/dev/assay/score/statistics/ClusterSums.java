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
    int common = Math.min(clusters.length, Math.min(earlier.length, later.length));
    if (isEachItsOwn(clusters)) {
      return ofSamples(earlier, later, clusters, common, clip);
    }
    ClusterSums sums = new ClusterSums();
    double[] clusterY = new double[clusters.length];
    double[] clusterZ = new double[clusters.length];
    int[] size = new int[clusters.length];
    for (int i = 0; i < common; i++) {
      int cluster = clusters[i];
      if (cluster >= 0) {
        clusterY[cluster] += cut(earlier[i] - later[i], clip);
        clusterZ[cluster] += Math.min(earlier[i], later[i]);
        size[cluster]++;
      }
    }
    for (int cluster = 0; cluster < clusters.length; cluster++) {
      if (size[cluster] > 0) {
        sums.add(clusterY[cluster], clusterZ[cluster], size[cluster]);
      }
    }
    return sums;
  }

  /** Where every size is 1 and half of the sums are others': a field of 256 asks for 32,640. */
  private static ClusterSums ofSamples(
      double[] earlier, double[] later, int[] clusters, int common, double clip) {
    int n = 0;
    double y = 0;
    double z = 0;
    double yy = 0;
    double yz = 0;
    double zz = 0;
    for (int i = 0; i < common; i++) {
      if (clusters[i] >= 0) {
        double sampleY = cut(earlier[i] - later[i], clip);
        double sampleZ = Math.min(earlier[i], later[i]);
        n++;
        y += sampleY;
        z += sampleZ;
        yy += sampleY * sampleY;
        yz += sampleY * sampleZ;
        zz += sampleZ * sampleZ;
      }
    }
    ClusterSums sums = new ClusterSums();
    sums.clusters = n;
    sums.n = n;
    sums.nn = n;
    sums.y = y;
    sums.yn = y;
    sums.z = z;
    sums.zn = z;
    sums.yy = yy;
    sums.yz = yz;
    sums.zz = zz;
    return sums;
  }

  /** Whether clusters come one after the other, so that adding samples is adding clusters. */
  private static boolean isEachItsOwn(int[] clusters) {
    int last = -1;
    for (int cluster : clusters) {
      if (cluster >= 0 && cluster <= last) {
        return false;
      }
      last = Math.max(last, cluster);
    }
    return true;
  }

  private static double cut(double difference, double clip) {
    return difference > clip ? clip : difference < -clip ? -clip : difference;
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

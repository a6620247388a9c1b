package dev.assay.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One window's observations of two models, summed as {@link Evidence} describes. */
final class ClusterSums {
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
   * Which cluster each sample belongs to: numbers from 0, or -1 for a sample that is skipped.
   *
   * @throws IllegalArgumentException if clusters are named for another number of samples
   */
  static int[] number(Samples samples, SampleFilter filter) {
    List<String> names = samples.clusters();
    if (!names.isEmpty() && names.size() != filter.count()) {
      throw new IllegalArgumentException(
          "clusters: are named for "
              + names.size()
              + " samples, must be for the round's "
              + filter.count());
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] clusters = new int[filter.count()];
    for (int i = 0; i < clusters.length; i++) {
      if (!filter.counts(i)) {
        clusters[i] = -1;
      } else if (names.isEmpty()) {
        clusters[i] = i;
      } else {
        Integer number = numbers.putIfAbsent(names.get(i), numbers.size());
        clusters[i] = number == null ? numbers.size() - 1 : number;
      }
    }
    return clusters;
  }

  static ClusterSums of(double[] earlier, double[] later, int[] clusters, double clip) {
    double[] clusterY = new double[clusters.length];
    double[] clusterZ = new double[clusters.length];
    int[] size = new int[clusters.length];
    for (int i = 0; i < clusters.length; i++) {
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

package dev.assay.jobs.simulation;

import dev.assay.score.Limits;

/**
 * A cluster as its evaluations are simulated: its figures are assumptions, not measurements.
 *
 * @param nodes each with a disk and a network connection of its own
 * @param gpus of each node; each runs one model at a time
 * @param diskBytes of a node's store
 * @param networkBytesPerSecond of a node, shared by its downloads one after the other
 * @param loadBytesPerSecond from the disk to one GPU
 * @param secondsPerByte that a model's losses take, by its size
 */
record SimulatedCluster(
    int nodes,
    int gpus,
    long diskBytes,
    double networkBytesPerSecond,
    double loadBytesPerSecond,
    double secondsPerByte) {
  /** 2 TB, 10 Gbit/s, and a model of 16 GB loaded in 8 s and judged in 40 s. */
  static final SimulatedCluster OF_128 =
      new SimulatedCluster(16, 8, 2_000_000_000_000L, 1.25e9, 2e9, 40 / 16e9);

  SimulatedCluster {
    Limits.atLeast("nodes", nodes, 1);
    Limits.atLeast("gpus", gpus, 1);
  }

  double download(long bytes) {
    return bytes / networkBytesPerSecond;
  }

  /** Load and losses together. */
  double compute(long bytes) {
    return bytes / loadBytesPerSecond + bytes * secondsPerByte;
  }
}

package dev.assay.cli.bench.cluster;

import dev.assay.jobs.simulation.ClusterSimulation;
import java.util.List;

/** What the roster, the placement and the store's rule come to on a cluster that is not at hand. */
final class SimulationFigures {
  private SimulationFigures() {}

  static List<Figure> of(Setting setting) {
    int windows = setting.windows();
    long seed = setting.seed();
    ClusterSimulation.Figures whole = ClusterSimulation.run(windows, false, seed);
    return List.of(
        Figure.atMost(
            1.15,
            "makespan_ratio_worst",
            whole.makespanRatioWorst(),
            "the longest window's time, of what it needs at least"),
        Figure.of(
            "makespan_ratio_whole_field",
            ClusterSimulation.whole(windows, seed).makespanRatioWorst(),
            "the same if every window evaluated all 200 models"),
        Figure.atMost(
            1.1,
            "downloads_ratio",
            whole.downloadsRatio(),
            "bytes fetched, of the different models'"),
        Figure.atMost(
            1.2,
            "downloads_ratio_node_lost",
            ClusterSimulation.run(windows, true, seed).downloadsRatio(),
            "the same if a node is lost half-way"));
  }
}

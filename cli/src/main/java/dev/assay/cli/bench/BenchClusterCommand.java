package dev.assay.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.jobs.simulation.ClusterSimulation;
import dev.assay.score.rules.Policy;
import dev.assay.score.simulation.ScoringBench;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cluster",
    description = {
      "Simulates evaluations of 200 models of up to 16 GB on 16 nodes of 8 GPUs, with the roster,"
          + " the placement and the rule of what leaves a disk as evaluations use them, and"
          + " measures how long 256 models on 400 samples take to score and explain.",
      "Promised are 1.1 times the bytes of the different models, 1.2 if a node is lost, 1.15 times"
          + " the time that network, GPUs or the longest model need, and 500 ms. Nodes' speeds are"
          + " assumptions: 10 Gbit/s, and 16 GB loaded in 8 s and judged in 40 s."
    },
    footer = {"", "  assay bench cluster", "  assay bench cluster --seed 2 --json"})
final class BenchClusterCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "10",
      description = "Windows of one simulation (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "What sizes, commitments and losses are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** As {@code --json} prints it. */
  private record Figures(
      int windows,
      long seed,
      double makespanRatioWorst,
      double makespanRatioWholeField,
      double downloadsRatio,
      double downloadsRatioNodeLost,
      @JsonProperty("wins_256x400_ms") double winsMs,
      @JsonProperty("wins_256x400_first_ms") double winsFirstMs) {}

  @Override
  public Integer call() {
    Ranges.within("--windows", windows, 1, 10_000);
    ScoringBench scoring = ScoringBench.run(Policy.ASSAY_1, seed);
    ClusterSimulation.Figures whole = ClusterSimulation.run(windows, false, seed);
    ClusterSimulation.Figures damaged = ClusterSimulation.run(windows, true, seed);
    Figures figures =
        new Figures(
            windows,
            seed,
            whole.makespanRatioWorst(),
            ClusterSimulation.whole(windows, seed).makespanRatioWorst(),
            whole.downloadsRatio(),
            damaged.downloadsRatio(),
            scoring.medianMs(),
            scoring.firstMs());
    output.print(figures, () -> lines(figures));
    return ExitCode.DONE;
  }

  private static List<String> lines(Figures figures) {
    return List.of(
        "simulated, %d windows: bytes fetched %.3f times the different models' (promised 1.1)"
            .formatted(figures.windows(), figures.downloadsRatio()),
        "  with a node lost half-way: %.3f times (promised 1.2)"
            .formatted(figures.downloadsRatioNodeLost()),
        "  time of the worst window: %.3f times what it needs at least (promised 1.15)"
            .formatted(figures.makespanRatioWorst()),
        "  if all 200 models were evaluated in each: %.3f times"
            .formatted(figures.makespanRatioWholeField()),
        "measured: 256 models on 400 samples scored and explained in %.0f ms (promised 500); the"
                .formatted(figures.winsMs())
            + " first time in %.0f ms".formatted(figures.winsFirstMs()));
  }
}

package dev.assay.cli.bench.cluster;

import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.util.List;

/**
 * A part of the measurement.
 *
 * @param title as {@code --only} names it
 * @param about what is measured, in a few words
 * @param evaluates whether evaluations are really run, for which the part has a JVM of its own
 */
record Part(String title, String about, boolean evaluates, Measurement measurement) {
  /** In the order in which they run: those that take least come first. */
  static final List<Part> ALL =
      List.of(
          calculated(
              "simulation", "windows on 16 nodes of 8 GPUs, simulated", SimulationFigures::of),
          calculated(
              "scoring", "256 models on 400 samples, scored and explained", ScoringFigures::of),
          calculated(
              "batches",
              "losses in sorted batches beside those of single samples",
              BatchFigures::of),
          evaluated("downloads", "what three workers with a store each fetch", DownloadFigures::of),
          evaluated(
              "overhead", "evaluations beside the same work in one plain JVM", OverheadFigures::of),
          evaluated("speedup", "one executor beside two", SpeedupFigures::of),
          evaluated(
              "rerun", "a window evaluated, with a late model, and once more", RerunFigures::of),
          calculated("early-stop", "models stopped early, on fields of 64", EarlyStopFigures::of),
          calculated(
              "tables", "commits to tables that have seen many evaluations", TableFigures::of));

  private static Part calculated(String title, String about, Measurement measurement) {
    return new Part(title, about, false, measurement);
  }

  private static Part evaluated(String title, String about, Measurement measurement) {
    return new Part(title, about, true, measurement);
  }

  /** Measures a part. */
  @FunctionalInterface
  interface Measurement {
    List<Figure> figures(Setting setting) throws IOException, InterruptedException;
  }

  List<Figure> measure(Setting setting) throws IOException, InterruptedException {
    setting.console().stage(title + ": " + about);
    return evaluates ? PartProcess.figures(this, setting) : measurement.figures(setting);
  }

  /** The names for help and completion. */
  static List<String> titles() {
    return ALL.stream().map(Part::title).toList();
  }

  /**
   * The parts of these names, in their own order; all of them where none is named.
   *
   * @throws UsageException if there is none of a name
   */
  static List<Part> named(List<String> names) {
    for (String name : names) {
      if (!titles().contains(name)) {
        throw new UsageException(
            "--only names %s; the parts are %s".formatted(name, String.join(", ", titles())));
      }
    }
    return ALL.stream().filter(part -> names.isEmpty() || names.contains(part.title)).toList();
  }
}

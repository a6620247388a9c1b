package dev.assay.cli.scoring;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.report.Table;
import dev.assay.score.simulation.Group;
import dev.assay.score.simulation.Simulation;
import dev.assay.score.simulation.SimulationResult;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description =
        "Simulates what miners earn over many epochs when some copy, clone or publish junk.",
    footer = {
      "",
      "The baseline is the same field without what the scenario adds.",
      "",
      "  assay simulate --scenario clones-6 --policy assay-1",
      "  assay simulate --scenario clones-6 --policy nous-0.2.7"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "NAME",
      description = "What happens: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Scenarios.class)
  private String scenario;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "100",
      description = "Evaluations to simulate (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same answer (default: ${DEFAULT-VALUE}).")
  private long seed;

  record Answer(Map<String, Double> share, Map<String, Double> baselineShare, int epochs) {}

  static final class Scenarios implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Simulation.scenarios().iterator();
    }
  }

  @Override
  public Integer call() {
    Answer answer = simulate();
    output.print(answer, () -> table(answer).lines());
    return ExitCode.DONE;
  }

  private Answer simulate() {
    try {
      SimulationResult result = Simulation.run(scenario, policy.policy(), epochs, seed);
      return new Answer(
          labelled(result.share()), labelled(result.baselineShare()), result.epochs());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Map<String, Double> labelled(Map<Group, Double> shares) {
    Map<String, Double> labelled = new TreeMap<>();
    shares.forEach((group, share) -> labelled.put(group.label(), share));
    return labelled;
  }

  private static Table table(Answer answer) {
    Table table = new Table("group", "share", "baseline");
    answer
        .share()
        .forEach(
            (group, share) ->
                table.row(
                    group,
                    percent(share),
                    percent(answer.baselineShare().getOrDefault(group, 0.0))));
    return table;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}

package dev.assay.cli.loss;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.model.loss.WorkersBenchmark;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "workers",
    description =
        "Measures how long it takes to hash, inspect, load and judge several checkpoints at once,"
            + " as a job's executors do.",
    footer = {
      "",
      "  assay bench workers --checkpoint a --samples samples.jsonl --threads 1 --workers 2 b c d"
    })
public final class BenchWorkersCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LossArguments arguments;

  @Parameters(paramLabel = "DIR", arity = "0..*", description = "Further checkpoints.")
  private List<Path> others = List.of();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many checkpoints are judged at once (default: ${DEFAULT-VALUE}).")
  private int workers;

  record Answer(List<Double> meanLosses, double seconds) {}

  @Override
  public Integer call()
      throws IOException, RejectedCheckpointException, ExecutionException, InterruptedException {
    Ranges.within("--workers", workers, 1, 1_024);
    List<Path> folders = new ArrayList<>(List.of(arguments.folder()));
    folders.addAll(others);
    WorkersBenchmark.Result result =
        WorkersBenchmark.run(folders, arguments.options(), arguments.encoded(), workers);
    List<Double> means =
        result.losses().stream()
            .map(losses -> LossCommand.mean(losses.stream().map(LossCommand.Sample::of).toList()))
            .toList();
    Answer answer = new Answer(means, result.seconds());
    output.print(answer, () -> lines(folders, answer));
    return ExitCode.DONE;
  }

  private static List<String> lines(List<Path> folders, Answer answer) {
    Table table = new Table("checkpoint", "mean loss");
    for (int i = 0; i < folders.size(); i++) {
      table.row(
          folders.get(i).toString(),
          String.format(Locale.ROOT, "%.6f", answer.meanLosses().get(i)));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(String.format(Locale.ROOT, "all in %.1f s", answer.seconds()));
    return lines;
  }
}

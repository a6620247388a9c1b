package dev.assay.cli.loss;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.model.loss.ModelBenchmark;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.report.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "model",
    description = "Measures how fast losses are computed, compared with plain matrix products.",
    footer = {
      "",
      "  assay bench model --checkpoint my-model --samples samples.jsonl --template llama3"
          + " --threads 1"
    })
public final class BenchModelCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LossArguments arguments;

  record Answer(
      List<LossCommand.Sample> samples,
      Double meanLoss,
      double tokensPerSecond,
      double loadSeconds,
      double peakMemoryMb,
      double modelGflops,
      double matmulGflops) {
    static Answer of(ModelBenchmark.Result result) {
      List<LossCommand.Sample> samples =
          result.losses().stream().map(LossCommand.Sample::of).toList();
      return new Answer(
          samples,
          LossCommand.mean(samples),
          result.tokensPerSecond(),
          result.loadSeconds(),
          result.peakMemoryMb(),
          result.modelGflops(),
          result.matmulGflops());
    }
  }

  @Override
  public Integer call() throws IOException, RejectedCheckpointException {
    Answer answer =
        Answer.of(ModelBenchmark.run(arguments.folder(), arguments.options(), arguments.encoded()));
    output.print(answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private static List<String> lines(Answer answer) {
    return new Table("figure", "this machine")
        .row("mean loss", answer.meanLoss() == null ? "-" : figure(answer.meanLoss()))
        .row("tokens per second", figure(answer.tokensPerSecond()))
        .row("seconds to load", figure(answer.loadSeconds()))
        .row("peak memory, MB", figure(answer.peakMemoryMb()))
        .row("model, GFLOP/s", figure(answer.modelGflops()))
        .row("matrix multiplication, GFLOP/s", figure(answer.matmulGflops()))
        .lines();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

package dev.assay.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "loss",
    description = "Losses of a local checkpoint: what a validator would compute for it.",
    footer = {
      "",
      "A samples file has one JSON object a line: {\"prompt\": ..., \"response\": ...}, which needs"
          + " a",
      "template, or {\"ids\": [...], \"prompt_len\": n}.",
      "",
      "  assay loss --checkpoint my-model --samples samples.jsonl --template llama-3 --dtype bf16"
    })
final class LossCommand implements Callable<Integer> {
  @Mixin private LossArguments arguments;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Others than OK carry no mean. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Sample(String verdict, double lossSum, int tokens, Double mean) {
    static Sample of(SampleLoss loss) {
      return new Sample(
          loss.verdict().name(),
          loss.lossSum(),
          loss.tokens(),
          loss.verdict() == SampleVerdict.OK ? loss.mean() : null);
    }
  }

  record Answer(
      List<Sample> samples,
      double meanLoss,
      double tokensPerSecond,
      double loadSeconds,
      double peakMemoryMb) {}

  @Override
  public Integer call() throws IOException, RejectedCheckpointException {
    Answer answer = losses(arguments.encoded());
    Output.print(spec, json, answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private Answer losses(List<EncodedSample> encoded)
      throws IOException, RejectedCheckpointException {
    Console console = Console.standardError();
    long start = System.nanoTime();
    try (LossModel model = LossModel.load(arguments.open(), arguments.options())) {
      double loadSeconds = seconds(start);
      List<Sample> losses = new ArrayList<>();
      long computing = System.nanoTime();
      long tokens = 0;
      for (EncodedSample sample : encoded) {
        losses.add(Sample.of(model.loss(sample)));
        tokens += sample.length();
        console.move(
            String.format(
                Locale.ROOT,
                "%d of %d samples, %,.0f tokens/s",
                losses.size(),
                encoded.size(),
                tokens / seconds(computing)));
      }
      return new Answer(
          losses, mean(losses), tokens / seconds(computing), loadSeconds, PeakMemory.megabytes());
    }
  }

  /** The mean of the OK samples' means, as the original's. */
  static double mean(List<Sample> losses) {
    return losses.stream()
        .filter(loss -> loss.mean() != null)
        .mapToDouble(Sample::mean)
        .average()
        .orElse(Double.NaN);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static List<String> lines(Answer answer) {
    Table table = new Table("sample", "verdict", "tokens", "mean loss");
    for (int i = 0; i < answer.samples().size(); i++) {
      Sample sample = answer.samples().get(i);
      table.row(
          String.valueOf(i + 1),
          sample.verdict(),
          String.valueOf(sample.tokens()),
          sample.mean() == null ? "-" : String.format(Locale.ROOT, "%.6f", sample.mean()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        String.format(
            Locale.ROOT,
            "mean loss %.6f, %,.0f tokens/s, loaded in %.2f s, peak memory %.0f MB",
            answer.meanLoss(),
            answer.tokensPerSecond(),
            answer.loadSeconds(),
            answer.peakMemoryMb()));
    return lines;
  }
}

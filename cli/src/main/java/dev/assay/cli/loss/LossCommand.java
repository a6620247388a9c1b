package dev.assay.cli.loss;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.PeakMemory;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "loss",
    description = "Computes the losses of a local checkpoint as a validator would.",
    footer = {
      "",
      "A samples file has one JSON object per line: {\"prompt\": ..., \"response\": ...}, which"
          + " needs a",
      "template, or {\"ids\": [...], \"prompt_len\": n}. The feed's lines and a bundle's",
      "samples-COMPETITION.ndjson are such files, and the folder of a warehouse's samples table",
      "works as well. Exit code 1 if no sample counts, or if a loss is not a finite number.",
      "",
      "  assay loss --checkpoint my-model --samples samples.jsonl --template llama3 --dtype bf16"
    })
public final class LossCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LossArguments arguments;

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

  /**
   * What a validator would compute.
   *
   * @param verdicts how many samples have each verdict
   * @param meanLoss null where no sample counts
   */
  record Answer(
      List<Sample> samples,
      Map<SampleVerdict, Long> verdicts,
      Double meanLoss,
      double tokensPerSecond,
      double loadSeconds,
      double peakMemoryMb) {}

  @Override
  public Integer call() throws IOException, RejectedCheckpointException {
    Answer answer = losses(arguments.encoded());
    output.print(answer, () -> lines(answer));
    return complete(answer.verdicts()) ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Whether something counts, and everything that should. */
  private static boolean complete(Map<SampleVerdict, Long> verdicts) {
    return verdicts.get(SampleVerdict.OK) > 0 && verdicts.get(SampleVerdict.NON_FINITE) == 0;
  }

  private static Map<SampleVerdict, Long> verdicts(List<Sample> losses) {
    Map<SampleVerdict, Long> verdicts = new EnumMap<>(SampleVerdict.class);
    for (SampleVerdict verdict : SampleVerdict.values()) {
      verdicts.put(
          verdict, losses.stream().filter(loss -> loss.verdict().equals(verdict.name())).count());
    }
    return verdicts;
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
          losses,
          verdicts(losses),
          mean(losses),
          tokens / seconds(computing),
          loadSeconds,
          PeakMemory.megabytes());
    }
  }

  /** The mean of the OK samples' means, as the original's; null where there is none. */
  static Double mean(List<Sample> losses) {
    OptionalDouble mean =
        losses.stream().filter(loss -> loss.mean() != null).mapToDouble(Sample::mean).average();
    return mean.isPresent() ? mean.getAsDouble() : null;
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
    lines.add(counted(answer.verdicts()));
    lines.add(
        String.format(
            Locale.ROOT,
            "mean loss %s, %,.0f tokens/s, loaded in %.2f s, peak memory %.0f MB",
            answer.meanLoss() == null ? "-" : String.format(Locale.ROOT, "%.6f", answer.meanLoss()),
            answer.tokensPerSecond(),
            answer.loadSeconds(),
            answer.peakMemoryMb()));
    return lines;
  }

  private static String counted(Map<SampleVerdict, Long> verdicts) {
    String counts =
        verdicts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    if (complete(verdicts)) {
      return counts;
    }
    return counts
        + (verdicts.get(SampleVerdict.NON_FINITE) > 0
            ? "; a loss that is not finite costs a model its evaluation"
            : "; no sample counts");
  }
}

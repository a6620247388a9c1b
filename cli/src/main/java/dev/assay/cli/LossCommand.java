package dev.assay.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "The checkpoint.")
  private Path checkpoint;

  @Option(names = "--samples", required = true, paramLabel = "FILE", description = "The samples.")
  private Path samples;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR",
      description = "Where tokenizer.json is (default: the checkpoint).")
  private Path tokenizer;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "Chat template of text samples: ${COMPLETION-CANDIDATES}.",
      completionCandidates = TemplateNames.class)
  private String template;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "f32 or bf16 (default: ${DEFAULT-VALUE}).")
  private Precision dtype;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one operation (default: one a core).")
  private Integer threads;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Where a sample is cut (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

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

  static final class TemplateNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ChatTemplate.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException, RejectedCheckpointException {
    if (maxTokens < 1) {
      throw new UsageException("--max-tokens is " + maxTokens + ", must be at least 1");
    }
    List<EncodedSample> encoded = encoded(SamplesFile.read(samples));
    Answer answer = losses(encoded);
    Output.print(spec, json, answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private List<EncodedSample> encoded(SamplesFile file)
      throws IOException, RejectedCheckpointException {
    if (!file.hasText()) {
      return file.encoded(Optional.empty(), maxTokens);
    }
    if (template == null) {
      throw new UsageException(
          "the samples are text; name a chat template with --template: " + ChatTemplate.names());
    }
    Path folder = tokenizer == null ? checkpoint : tokenizer;
    try (Tokenizer opened =
        Tokenizer.open(folder.resolve("tokenizer.json"), TokenizerLimits.defaults())) {
      SampleEncoder encoder = new SampleEncoder(opened, named(template), maxTokens);
      return file.encoded(Optional.of(encoder), maxTokens);
    }
  }

  private static ChatTemplate named(String name) {
    try {
      return ChatTemplate.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--template: " + e.getMessage(), e);
    }
  }

  private Answer losses(List<EncodedSample> encoded)
      throws IOException, RejectedCheckpointException {
    if (!Files.isDirectory(checkpoint)) {
      throw new UsageException(checkpoint + " is no folder; name a checkpoint with --checkpoint");
    }
    Console console = Console.standardError();
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    long start = System.nanoTime();
    try (LossModel model =
        LossModel.load(
            Checkpoint.open(checkpoint, CheckpointLimits.defaults()),
            LossOptions.cpu(dtype, used))) {
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
          losses.stream()
              .filter(loss -> loss.mean() != null)
              .mapToDouble(Sample::mean)
              .average()
              .orElse(Double.NaN),
          tokens / seconds(computing),
          loadSeconds,
          PeakMemory.megabytes());
    }
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

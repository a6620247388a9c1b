package dev.assay.cli.train;

import dev.assay.cli.loss.SampleArguments;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.loss.PeakMemory;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.run.RunConflictException;
import dev.assay.model.train.run.TrainingOutcome;
import dev.assay.model.train.run.TrainingOutcome.LossPoint;
import dev.assay.model.train.run.TrainingPlan;
import dev.assay.model.train.run.TrainingRun;
import dev.assay.report.curve.LossCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = {
      "Fine-tunes a model on samples, all of its weights or adapters beside them, in f32 or bf16.",
      "The newest samples are held out; the weights with the lowest loss on them become a folder",
      "that transformers loads and that can be published."
    },
    footer = {
      "",
      "Adapters are added to the weights; OUT.adapter has them by themselves, as peft reads them.",
      "Samples are read as assay loss reads them. Beside the result, OUT.run keeps settings, every",
      "loss (losses.jsonl, loss.png), and the state of the last evaluation: if training ends"
          + " early,",
      "even by kill -9, the same command goes on from there and comes to the same weights.",
      "Exit code 3 if the result is there already.",
      "",
      "  assay train --from my-model --samples samples.jsonl --template plain --out tuned --steps"
          + " 2",
    })
public final class TrainCommand implements Callable<Integer> {
  private static final int MOST_HELD_OUT = 100;

  @Mixin private Output output;
  @Mixin private StartingPoint start;
  @Mixin private SampleArguments samples;
  @Mixin private TrainingArguments training;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The result's folder, which must not exist.")
  private Path out;

  @Option(
      names = "--hold-out",
      paramLabel = "N",
      description =
          "How many of the newest samples are only evaluated on (default: a tenth, at most 100); 0:"
              + " the last weights are the result.")
  private Integer heldOut;

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      description =
          "Steps from one evaluation to the next; the run can go on from each (default: a tenth of"
              + " the steps).")
  private Integer evaluateEvery;

  /**
   * What training came to.
   *
   * @param adapter the folder of the result's adapters as peft reads them; null where there is none
   * @param startLoss to {@code bestStep}: of the held-out samples; null where there are none
   */
  record Answer(
      String from,
      String checkpoint,
      String adapter,
      String run,
      int samples,
      int heldOut,
      Double startLoss,
      Double bestLoss,
      Integer bestStep,
      List<LossPoint> losses,
      List<LossPoint> heldOutLosses,
      double seconds,
      double peakMemoryMb) {}

  @Override
  public Integer call() throws IOException, InterruptedException, RejectedCheckpointException {
    Ranges.atLeast("--hold-out", heldOut, 0);
    Ranges.atLeast("--evaluate-every", evaluateEvery, 1);
    Console console = Console.standardError();
    StartingPoint.Model model = start.obtain();
    TrainingPlan plan = plan(model);
    console.line(
        "%s: %,d parameters, %,d samples to learn from, %,d held out"
            .formatted(
                model.name(),
                plan.start().parameters(),
                plan.samples().size(),
                plan.heldOut().size()));
    TrainingOutcome outcome = outcome(plan, console);
    LossCurve curve = curve(outcome);
    curve.write(TrainingRun.folder(out).resolve("loss.png"));
    Answer answer = answer(model, plan, outcome, console.seconds());
    output.print(answer, () -> lines(answer, outcome, curve));
    return outcome.wasDone() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  private TrainingPlan plan(StartingPoint.Model model)
      throws IOException, RejectedCheckpointException {
    Path folder = model.folder();
    Checkpoint checkpoint = samples.open(folder);
    List<EncodedSample> encoded = samples.encodedByAge(checkpoint, folder);
    int held = heldOut == null ? Math.min(MOST_HELD_OUT, encoded.size() / 10) : heldOut;
    if (held >= encoded.size()) {
      throw new UsageException(
          "--hold-out is %d of %d samples; leave some to learn from"
              .formatted(held, encoded.size()));
    }
    return new TrainingPlan(
        checkpoint,
        model.base(),
        training.adapters(),
        training.options(samples.threads()),
        encoded.subList(0, encoded.size() - held),
        encoded.subList(encoded.size() - held, encoded.size()),
        evaluateEvery == null ? training.tenth() : evaluateEvery,
        CompanionFiles.of(folder, samples.tokenizer(folder)));
  }

  private TrainingOutcome outcome(TrainingPlan plan, Console console) throws IOException {
    try {
      return TrainingRun.run(plan, out, new ConsoleTraining(console));
    } catch (RunConflictException taken) {
      throw new UsageException("--out: " + taken.getMessage(), taken);
    }
  }

  private static LossCurve curve(TrainingOutcome outcome) {
    return new LossCurve(points(outcome.losses()), points(outcome.heldOut()));
  }

  private static List<LossCurve.Point> points(List<LossPoint> losses) {
    return losses.stream().map(p -> new LossCurve.Point(p.step(), p.loss())).toList();
  }

  private Answer answer(
      StartingPoint.Model model, TrainingPlan plan, TrainingOutcome outcome, double seconds) {
    boolean evaluated = !outcome.heldOut().isEmpty();
    return new Answer(
        model.name(),
        out.toString(),
        Files.exists(TrainingRun.adapter(out)) ? TrainingRun.adapter(out).toString() : null,
        TrainingRun.folder(out).toString(),
        plan.samples().size(),
        plan.heldOut().size(),
        evaluated ? outcome.heldOut().get(0).loss() : null,
        outcome.best().map(LossPoint::loss).orElse(null),
        outcome.best().map(LossPoint::step).orElse(null),
        outcome.losses(),
        outcome.heldOut(),
        seconds,
        PeakMemory.megabytes());
  }

  private List<String> lines(Answer answer, TrainingOutcome outcome, LossCurve curve) {
    List<String> lines = new ArrayList<>(curve.lines());
    if (answer.bestLoss() != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "held-out loss %.4f before, %.4f after step %d%s",
              answer.startLoss(),
              answer.bestLoss(),
              answer.bestStep(),
              answer.bestLoss() < answer.startLoss() ? "" : ": training made nothing better"));
    }
    lines.add(
        (outcome.wasDone() ? "was there already: " : "")
            + answer.checkpoint()
            + "; losses and curve in "
            + answer.run()
            + (answer.adapter() == null ? "" : "; its adapters for peft in " + answer.adapter()));
    return lines;
  }
}

package dev.assay.cli.validator;

import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.failure.PrunedState;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.SubnetOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.report.Table;
import dev.assay.score.weights.WeightCopying;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "weight-copying",
    description = {
      "Shows which validators' weights resemble the consensus of the previous epoch more than that"
          + " of their own.",
      "Only epochs in which the consensus moved are counted. This is a hint, not proof: a validator"
          + " that evaluates rarely lags as well."
    },
    footer = {
      "",
      "Past epochs need an endpoint that keeps their state: beyond a few hundred blocks, an archive"
          + " node.",
      "",
      "  assay weight-copying --netuid 6 --epochs 20"
    })
public final class WeightCopyingCommand implements Callable<Integer> {
  @Mixin private Output output;

  private static final int MOST_EPOCHS = 1_000;

  @Mixin private ConfigurationOption configuration;

  @Mixin private SubnetOption subnet;

  @Option(
      names = "--at",
      paramLabel = "BLOCK",
      description = "The last block to consider (default: the latest final block).")
  private Long at;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many epochs back, 2 to 1000 (default: ${DEFAULT-VALUE}).")
  private int epochs;

  /**
   * What was found.
   *
   * @param epochs blocks of the epochs that were read, ascending
   * @param validators the most suspicious first
   * @param prunedAt the block whose state the endpoint no longer has; null where it had all
   */
  record Answer(int netuid, List<Long> epochs, List<Validator> validators, Long prunedAt) {}

  /**
   * One validator; {@link WeightCopying.Finding} says what the numbers are.
   *
   * @param lag above 0: nearer to the epoch before
   */
  record Validator(
      String hotkey,
      int epochs,
      double toPrevious,
      double toCurrent,
      double lag,
      double nearerPrevious) {
    static Validator of(WeightCopying.Finding finding) {
      return new Validator(
          finding.hotkey(),
          finding.epochs(),
          finding.toPrevious(),
          finding.toCurrent(),
          finding.lag(),
          finding.nearerPrevious());
    }
  }

  @Override
  public Integer call() {
    subnet.requireBounds();
    Ranges.block("--at", at);
    if (epochs < 2 || epochs > MOST_EPOCHS) {
      throw new UsageException(
          "--epochs is %d; from 2 to %d, as one is compared with the one before"
              .formatted(epochs, MOST_EPOCHS));
    }
    Answer answer = answer(configuration.load());
    output.print(answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private Answer answer(AssayConfiguration settings) {
    int netuid = subnet.netuid(settings);
    int mechanism = subnet.mechanism(settings);
    try (Subtensor chain = ChainAccess.connect(settings)) {
      subnet.requireIn(chain.at(chain.finalizedHead()), settings);
      long from = at == null ? chain.at(chain.finalizedHead()).number() : at;
      PastEpochs past = PastEpochs.read(chain, netuid, mechanism, from, epochs);
      if (past.epochs().size() < 2 && past.prunedAt().isPresent()) {
        throw new UsageException(
            "block " + past.prunedAt().getAsLong() + ": " + PrunedState.ADVICE);
      }
      return new Answer(
          netuid,
          past.epochs().stream().map(WeightCopying.Epoch::block).toList(),
          WeightCopying.report(past.epochs()).stream().map(Validator::of).toList(),
          past.prunedAt().isPresent() ? past.prunedAt().getAsLong() : null);
    }
  }

  private List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        answer.epochs().isEmpty()
            ? "subnet " + answer.netuid() + " has had no epoch yet"
            : "subnet %d, %d epochs from block %d to %d"
                .formatted(
                    answer.netuid(),
                    answer.epochs().size(),
                    answer.epochs().get(0),
                    answer.epochs().get(answer.epochs().size() - 1)));
    if (answer.prunedAt() != null) {
      lines.add(
          "%d of the %d requested epochs: block %d: %s"
              .formatted(answer.epochs().size(), epochs, answer.prunedAt(), PrunedState.ADVICE));
    }
    if (answer.validators().isEmpty()) {
      lines.add(
          "the consensus did not move between them, so nothing can be said about any validator");
      return lines;
    }
    Table table =
        new Table("hotkey", "epochs", "like the last", "like its own", "lag", "nearer the last");
    for (Validator validator : answer.validators()) {
      table.row(
          validator.hotkey(),
          String.valueOf(validator.epochs()),
          number(validator.toPrevious()),
          number(validator.toCurrent()),
          number(validator.lag()),
          String.format(Locale.ROOT, "%.0f%%", 100 * validator.nearerPrevious()));
    }
    lines.addAll(table.lines());
    lines.add("(cosines of its weights with the consensus; a lag above 0 suggests copying)");
    return lines;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

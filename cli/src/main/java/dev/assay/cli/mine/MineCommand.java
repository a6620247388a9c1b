package dev.assay.cli.mine;

import dev.assay.cli.failure.Failures;
import dev.assay.cli.mine.RoundState.Step;
import dev.assay.cli.miner.PublishCommand;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.train.StartingPoint;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "mine",
    description = {
      "Takes the feed's new samples, trains on them, and publishes and commits what is better by a"
          + " margin; again and again, as new samples come.",
      "Each round begins with the model that was committed last, the first with --from. The newest"
          + " samples are held out, and both models are compared on them. Each is published into a"
          + " repository of its own, which is private until its commitment is on the chain."
    },
    footer = {
      "",
      "Words after -- are for assay train. Safe to kill: a journal in --work says before each step"
          + " what comes next, and the same command goes on from there; nothing is committed"
          + " twice.",
      "A failure ends it with the exit code of the step that failed; a feed, hub or chain that is"
          + " away when it looks for samples is asked again at the next look. With --once, exit"
          + " code 3: no new samples, or nothing better; 1: a validator would refuse it.",
      "",
      "  assay mine --once --from my-model --repository localnet/g --competition b1 --wallet bob"
          + " -- --template plain"
    })
public final class MineCommand implements Callable<Integer> {
  /** For the step of a validator's own policies, see epsilon in docs/scoring.md. */
  private static final String USUAL_MARGIN = "0.01";

  @Mixin private Output output;
  @Mixin private StartingPoint start;
  @Mixin private WalletOptions wallet;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "mine",
      description = "Folder of the journal and of each round (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--repository",
      paramLabel = "NAMESPACE/NAME",
      required = true,
      description =
          "Where on the hub: the model of round 3 goes to NAMESPACE/NAME-3, which is created.")
  private String repository;

  @Option(
      names = "--competition",
      paramLabel = "ID",
      required = true,
      description = "The competition that the models take part in.")
  private String competition;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      defaultValue = USUAL_MARGIN,
      description =
          "By which share of its loss a model must be better to be published, 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double margin;

  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      description =
          "An evaluation, as assay check takes it: publish only what a validator would accept in"
              + " its field.")
  private String bundle;

  @Option(
      names = "--most-samples",
      paramLabel = "N",
      defaultValue = "10000",
      description = "The newest samples that a round learns from (default: ${DEFAULT-VALUE}).")
  private int mostSamples;

  @Option(
      names = "--new-samples",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many new samples begin a round (default: ${DEFAULT-VALUE}).")
  private int newSamples;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "From one look at the feed to the next (default: ${DEFAULT-VALUE}).")
  private int every;

  @Option(names = "--once", description = "End after one round, or if no samples are new.")
  private boolean once;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- WORDS",
      description = "Options for assay train, such as --template plain --steps 200.")
  private List<String> training = List.of();

  @Spec private CommandSpec spec;

  /** How a round ended; without a round, all but the first are null. */
  record Answer(
      Integer round, String outcome, Double startLoss, Double bestLoss, String checkpoint) {}

  @Override
  public Integer call() throws Exception {
    requireBounds();
    AssayConfiguration settings = wallet.in(start.settings());
    Console console = Console.standardError();
    try (Journal journal = Journal.open(work)) {
      while (true) {
        Optional<RoundState> begun = looked(journal, settings, console);
        Optional<RoundState> ended = Optional.empty();
        if (begun.isPresent()) {
          ended = Optional.of(round(journal, begun.get()).finish(begun.get()));
          console.line(told(ended.get()));
        }
        if (once) {
          return answer(ended);
        }
        if (begun.isEmpty()) {
          Thread.sleep(1_000L * every);
        }
      }
    }
  }

  private void requireBounds() {
    Ranges.atLeast("--most-samples", mostSamples, 2);
    Ranges.atLeast("--new-samples", newSamples, 1);
    Ranges.within("--every", every, 1, 86_400);
    if (!(margin >= 0 && margin < 1)) {
      throw new UsageException("--margin is " + margin + "; from 0 to below 1");
    }
    // Told now, and not after hours of training.
    PublishCommand.committable(repository(1), competition);
  }

  private MiningRound round(Journal journal, RoundState state) {
    InnerCommand commands =
        new InnerCommand(spec.commandLine().getParseResult(), spec.commandLine().getErr());
    return new MiningRound(
        folder(state.round()),
        journal,
        commands,
        repository(state.round()),
        competition,
        training,
        margin,
        Optional.ofNullable(bundle));
  }

  /**
   * One for each round: that of the round before became public with its commitment, and whoever saw
   * the next model there could commit to it first.
   */
  private String repository(int round) {
    return repository + "-" + round;
  }

  private Path folder(int round) {
    return work.resolve(String.format(Locale.ROOT, "round-%04d", round));
  }

  /**
   * One look; what may pass, such as a feed that is away, ends a loop no more than no samples do.
   */
  private Optional<RoundState> looked(Journal journal, AssayConfiguration settings, Console console)
      throws IOException, InterruptedException {
    try {
      return begun(journal, settings, console);
    } catch (RuntimeException failure) {
      if (once || Failures.exitCode(failure) != ExitCode.TRY_AGAIN_LATER) {
        throw failure;
      }
      console.line(
          "no samples at this look: %s; the next one is in %d s"
              .formatted(Failures.sentence(failure), every));
      return Optional.empty();
    }
  }

  /** The round that a killed run has left, or a new one if there are samples for it. */
  private Optional<RoundState> begun(Journal journal, AssayConfiguration settings, Console console)
      throws IOException, InterruptedException {
    Optional<RoundState> last = journal.last();
    if (last.isPresent() && last.get().step() != Step.ENDED) {
      console.line("going on with round %d".formatted(last.get().round()));
      return last;
    }
    Snapshot.run(settings, new ConsoleProgress(console));
    RoundSamples samples = RoundSamples.newest(settings, mostSamples);
    long known = last.map(RoundState::block).orElse(-1L);
    if (samples.after(known) < newSamples) {
      console.line(
          "%,d new samples, of %,d that begin a round".formatted(samples.after(known), newSamples));
      return Optional.empty();
    }
    int round = last.map(RoundState::round).orElse(0) + 1;
    PublishCommand.committable(repository(round), competition);
    samples.write(Files.createDirectories(folder(round)).resolve(MiningRound.SAMPLES));
    RoundState begun = RoundState.begun(round, from(journal), samples.lastBlock());
    console.line(
        "round %d begins with %s and %,d samples up to block %d"
            .formatted(round, begun.from(), samples.rows().size(), begun.block()));
    journal.record(begun);
    return Optional.of(begun);
  }

  private String from(Journal journal) throws IOException, InterruptedException {
    Optional<RoundState> committed = journal.lastCommitted();
    Path folder =
        committed.isPresent()
            ? MiningRound.model(folder(committed.get().round()))
            : start.obtain().folder();
    return folder.toString();
  }

  private String told(RoundState state) {
    String losses =
        String.format(
            Locale.ROOT,
            "held-out loss %.4f before, %.4f now",
            state.startLoss(),
            state.bestLoss());
    return "round %d: %s; %s".formatted(state.round(), losses, words(state));
  }

  private String words(RoundState state) {
    return switch (state.outcome()) {
      case COMMITTED -> "published as %s and committed".formatted(repository(state.round()));
      case NOT_BETTER -> "not better by --margin, so it is not published";
      case REFUSED -> "a validator would refuse it, so it is not published";
    };
  }

  private int answer(Optional<RoundState> ended) {
    Answer answer =
        ended
            .map(
                state ->
                    new Answer(
                        state.round(),
                        state.outcome().name(),
                        state.startLoss(),
                        state.bestLoss(),
                        MiningRound.model(folder(state.round())).toString()))
            .orElse(new Answer(null, null, null, null, null));
    output.print(
        answer, () -> List.of(ended.map(this::told).orElse("no round: too few new samples")));
    return ended
        .map(RoundState::outcome)
        .map(
            outcome ->
                switch (outcome) {
                  case COMMITTED -> ExitCode.DONE;
                  case NOT_BETTER -> ExitCode.NOTHING_TO_DO;
                  case REFUSED -> ExitCode.FAILED;
                })
        .orElse(ExitCode.NOTHING_TO_DO);
  }
}

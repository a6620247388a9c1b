package dev.assay.cli.mine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cli.mine.RoundState.Outcome;
import dev.assay.cli.mine.RoundState.Step;
import dev.assay.cli.miner.CommitCommand;
import dev.assay.cli.miner.PublishCommand;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.train.CheckCommand;
import dev.assay.cli.train.TrainCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a round from wherever it is to its end. Each of its commands may be killed and repeated:
 * training goes on, what the hub has isn't sent again, and a commitment is looked for on the chain
 * before it is made.
 *
 * @param folder of the round
 * @param repository where on the hub
 * @param competition its id
 * @param training words for {@code assay train}
 * @param margin the share of the loss by which a model must be better
 * @param bundle the evaluation in whose field the model is checked; empty for no such check
 */
record MiningRound(
    Path folder,
    Journal journal,
    InnerCommand commands,
    String repository,
    String competition,
    List<String> training,
    double margin,
    Optional<String> bundle) {
  static final String SAMPLES = "samples.jsonl";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The folder of a round's model. */
  static Path model(Path round) {
    return round.resolve("model");
  }

  RoundState finish(RoundState begun) throws Exception {
    RoundState state = begun;
    while (state.step() != Step.ENDED) {
      state =
          switch (state.step()) {
            case TRAIN -> train(state);
            case CHECK -> check(state);
            case PUBLISH -> publish(state);
            case COMMIT -> commit(state);
            case ENDED -> state;
          };
      journal.record(state);
    }
    return state;
  }

  private RoundState train(RoundState state) throws Exception {
    Path result = folder.resolve("trained.json");
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--from", state.from()));
    words.addAll(List.of("--samples", folder.resolve(SAMPLES).toString()));
    words.addAll(List.of("--out", model(folder).toString()));
    words.addAll(List.of("--result", result.toString()));
    words.addAll(training);
    commands.run(new TrainCommand(), words, List.of());
    JsonNode trained = read(result);
    return state.trained(
        trained.path("start_loss").asDouble(Double.NaN),
        trained.path("best_loss").asDouble(Double.NaN));
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  /** A loss that is no number is not better. */
  private RoundState check(RoundState state) throws Exception {
    if (!state.isBetterBy(margin)) {
      return state.ended(Outcome.NOT_BETTER);
    }
    if (bundle.isPresent()) {
      int code =
          commands.run(
              new CheckCommand(),
              List.of(
                  model(folder).toString(), "--bundle", bundle.get(), "--competition", competition),
              List.of("--config"));
      if (code != ExitCode.DONE) {
        return state.ended(Outcome.REFUSED);
      }
    }
    return state.next(Step.PUBLISH);
  }

  private RoundState publish(RoundState state) throws Exception {
    String figure = String.format(Locale.ROOT, "loss=%.4f", state.bestLoss());
    commands.run(
        new PublishCommand(),
        List.of(
            model(folder).toString(),
            "--repository",
            repository,
            "--competition",
            competition,
            "--figure",
            figure),
        List.of("--config", "--wallets", "--wallet", "--hotkey"));
    return state.next(Step.COMMIT);
  }

  private RoundState commit(RoundState state) throws Exception {
    commands.run(
        new CommitCommand(),
        List.of(model(folder).toString()),
        List.of("--config", "--endpoint", "--netuid", "--wallets", "--wallet", "--hotkey"));
    return state.ended(Outcome.COMMITTED);
  }
}

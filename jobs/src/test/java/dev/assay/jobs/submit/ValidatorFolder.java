package dev.assay.jobs.submit;

import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.SubmitSettings;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/** What one validator keeps on disk: its configuration, tables and bundles. */
final class ValidatorFolder {
  private final ValidatorsChain chain;
  private final AssayConfiguration configuration;
  private Optional<String> genesis;

  /**
   * @param settings more of {@code submit}, in YAML's flow style, each behind a comma
   */
  ValidatorFolder(ValidatorsChain chain, Path folder, int netuid, String settings)
      throws Exception {
    this(chain, folder, netuid, settings, 100);
  }

  /**
   * @param windowBlocks length of a window
   */
  ValidatorFolder(ValidatorsChain chain, Path folder, int netuid, String settings, int windowBlocks)
      throws Exception {
    this(
        chain,
        folder,
        netuid,
        settings,
        windowBlocks,
        "paths: {warehouse: \"%s\", bundles: \"%s\"}"
            .formatted(folder.resolve("tables"), folder.resolve("bundles")));
  }

  /**
   * @param places where tables and bundles are, and what else that needs, in YAML
   */
  ValidatorFolder(
      ValidatorsChain chain,
      Path folder,
      int netuid,
      String settings,
      int windowBlocks,
      String places)
      throws Exception {
    this(chain, chain.address(), folder, netuid, settings, windowBlocks, places);
  }

  /**
   * @param endpoint by which the chain is reached
   */
  ValidatorFolder(
      ValidatorsChain chain,
      URI endpoint,
      Path folder,
      int netuid,
      String settings,
      int windowBlocks,
      String places)
      throws Exception {
    this.chain = chain;
    this.genesis = Optional.of(chain.genesis());
    this.configuration =
        AssayConfiguration.load(
            Files.writeString(
                folder.resolve("assay.yaml"),
                """
                chain: {endpoints: ["%s"], netuid: %d, poll: 20ms}
                submit: {era_blocks: 8, finality_timeout: 20s%s}
                window: {blocks: %d}
                %s
                """
                    .formatted(endpoint, netuid, settings, windowBlocks, places)),
            Map.of());
  }

  AssayConfiguration configuration() {
    return configuration;
  }

  /** Puts the validator's hotkey where the configuration looks for it. */
  ValidatorFolder withHotkey() {
    SubmitSettings submit = configuration.submit();
    new Wallet(Path.of(submit.wallets()), submit.wallet(), submit.hotkey())
        .storeHotkey(chain.validator);
    return this;
  }

  Warehouse warehouse() {
    return Warehouse.open(configuration.warehouse(), new Configuration());
  }

  BundleFolder bundle(String evaluation) {
    return Bundles.of(configuration).bundle(evaluation);
  }

  /** What evaluations say of their chain from now on. */
  void evaluatedOn(Optional<String> otherGenesis) {
    genesis = otherGenesis;
  }

  /** A completed evaluation of a window with these weights of the three miners. */
  String evaluation(String id, long window, int first, int second, int third) {
    List<Integer> values = List.of(first, second, third);
    try (Warehouse warehouse = warehouse()) {
      List<ScoreRow> scores = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        scores.add(score(id, i, values.get(i)));
      }
      warehouse.table(ScoreRow.TABLE).append(scores);
      warehouse.table(EvaluationRow.TABLE).append(List.of(row(id, window)));
    }
    ScoringInput input = new ScoringInput(1, 1, List.of(), Standings.none(), WeightLimits.NONE);
    bundle(id)
        .write(
            Bundle.of(
                Map.of("evaluation", id, "window", Long.toString(window)),
                input,
                Scoring.score(input),
                "{}",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of()));
    return id;
  }

  private ScoreRow score(String id, int miner, int weight) {
    return new ScoreRow(
        id,
        ValidatorsChain.key("//M" + (miner + 1)).account().ss58(),
        chain.uid("//M" + (miner + 1)),
        1,
        "b1",
        Optional.empty(),
        "ACCEPTED",
        1,
        1,
        1,
        1,
        1,
        weight,
        true,
        Optional.of(1.0),
        0);
  }

  private EvaluationRow row(String id, long window) {
    BlockView head = chain.head();
    return new EvaluationRow(
        id,
        configuration.chain().netuid(),
        0,
        head.number(),
        head.hash().toString(),
        window,
        "0xcd",
        "p",
        Optional.empty(),
        "d",
        1,
        3,
        3,
        "{}",
        "{}",
        0,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        genesis);
  }

  SubmitReport submit(String evaluation) {
    return Submit.run(
        configuration, evaluation, chain.validator, Progress.silent(), Clock.systemUTC());
  }

  SubmitReport submit(String evaluation, long accepted) {
    return Submit.run(
        configuration,
        evaluation,
        chain.validator,
        OptionalLong.of(accepted),
        Progress.silent(),
        Clock.systemUTC());
  }

  /** Sets the present window's weights, or does what the fallback says. */
  SubmitReport submit() {
    return Submit.run(configuration, chain.validator, Progress.silent(), Clock.systemUTC());
  }

  List<String> events() {
    try (Warehouse warehouse = warehouse()) {
      return warehouse.table(WeightRow.TABLE).rows().stream().map(WeightRow::event).toList();
    }
  }
}

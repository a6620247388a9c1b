package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.replay.LossReplay;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.HubClient;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds who doesn't trust a bundle. */
class LossReplayIT {
  @TempDir private static Path folder;
  @AutoClose private static HubMiners miners;

  @TempDir private Path own;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
  }

  @Test
  void aBundlesLossesAreTheSameWhenSomebodyComputesThemAgain() throws Exception {
    BundleFolder bundle = bundle("again");

    LossReplay.Result all = replay(miners.folder()).run(bundle, 1_000, 1);
    LossReplay.Result some = fromHub().run(bundle, 5, 2);

    assertThat(all).isEqualTo(new LossReplay.Result(20, 0, Optional.empty()));
    assertThat(some).isEqualTo(new LossReplay.Result(5, 0, Optional.empty()));
  }

  @Test
  void aLossThatWasMadeUpIsFoundThoughTheWeightsFollowFromIt() throws Exception {
    BundleFolder honest = bundle("flattered");
    LossRow tampered = honest.losses().get(7);
    LossRow better =
        new LossRow(
            tampered.modelDigest(),
            tampered.sampleId(),
            tampered.tokenizerDigest(),
            tampered.template(),
            tampered.sequenceLength(),
            tampered.dtype(),
            tampered.kernel(),
            tampered.verdict(),
            tampered.lossSum() * 0.99,
            tampered.tokens(),
            tampered.sampleBlock());
    List<LossRow> losses =
        honest.losses().stream().map(row -> row.equals(tampered) ? better : row).toList();
    BundleFolder flattering = rewritten(honest, honest.input(), losses);
    BundleFolder consistent = rewritten(honest, with(honest, better), losses);

    assertThat(flattering.replay()).isEmpty();
    assertThat(replay(miners.folder()).run(flattering, 1_000, 1).difference().orElseThrow())
        .contains("scoring was given one that is not in the losses");
    assertThat(consistent.replay()).isEmpty();
    assertThat(replay(miners.folder()).run(consistent, 1_000, 1).difference().orElseThrow())
        .contains("miners/flattered (uid 1), sample " + tampered.sampleId() + ": the bundle has");
  }

  @Tag("long")
  @Test
  void anotherCheckpointThanTheJudgedOneIsNamed() throws Exception {
    BundleFolder bundle = bundle("swapped");
    Path elsewhere = Files.createDirectories(own.resolve("elsewhere/miners"));
    Files.move(miners.checkpoint("impostor", 77, 1), elsewhere.resolve("swapped"));

    assertThat(replay(own.resolve("elsewhere")).run(bundle, 1, 1).difference().orElseThrow())
        .contains("miners/swapped")
        .contains("computed is content");
  }

  /** The bundle of an evaluation of one model. */
  private BundleFolder bundle(String name) throws Exception {
    String text = miners.publish(name, miners.checkpoint("miners/" + name, 21, 1), name);
    AssayConfiguration configuration = miners.configuration(own);
    EvaluationReport report =
        EvaluationIT.evaluate(
            miners.spark(),
            configuration,
            EvaluationIT.input(HubMiners.commitment(1, name, 5, text)));
    return Bundles.of(configuration).bundle(report.evaluation());
  }

  private LossReplay replay(Path checkpoints) {
    return new LossReplay(CheckpointSource.folders(checkpoints), tokenizers(), 1);
  }

  private LossReplay fromHub() {
    HubClient hub = HubClient.of(miners.address());
    return new LossReplay(CheckpointSource.hub(hub, own.resolve("replay")), tokenizers(), 1);
  }

  private TokenizerSource tokenizers() {
    return new TokenizerSource(HubClient.of(miners.address()), own.resolve("replay"));
  }

  /** What scoring would have been given with another loss of the first model. */
  private static ScoringInput with(BundleFolder bundle, LossRow changed) {
    ScoringInput input = bundle.input();
    Round round = input.rounds().get(0);
    ModelResult model = round.models().get(0);
    double[] values = model.losses().toArray();
    List<SampleRow> samples = bundle.samples(round.competition());
    for (int i = 0; i < values.length; i++) {
      if (samples.get(i).sampleId().equals(changed.sampleId())) {
        values[i] = changed.lossSum() / changed.tokens();
      }
    }
    ModelResult better = ModelResult.accepted(model.entry(), Losses.of(values));
    return new ScoringInput(
        input.block(),
        input.competitions(),
        List.of(
            new Round(
                round.competition(),
                round.rewardShare(),
                round.policy(),
                round.samples(),
                List.of(better))),
        input.previous(),
        input.limits());
  }

  /** A bundle that is sound in itself. */
  private BundleFolder rewritten(BundleFolder honest, ScoringInput input, List<LossRow> losses)
      throws Exception {
    BundleFolder written = new BundleFolder(own.resolve("forged" + input.hashCode()));
    written.write(
        Bundle.of(
            honest.manifest().facts(),
            input,
            Scoring.score(input),
            Files.readString(Path.of(honest.address()).resolve("configuration.json")).strip(),
            List.of(),
            honest.verdicts(),
            Map.of("b1", honest.samples("b1")),
            losses,
            List.of()));
    return written;
  }
}

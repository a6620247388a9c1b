package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.candidates.HubListing;
import dev.assay.jobs.candidates.Originals;
import dev.assay.jobs.candidates.OutageWatch;
import dev.assay.jobs.candidates.SampleEncoding;
import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.candidates.WindowSamples;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.KnownModels;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.jobs.work.Origin;
import dev.assay.model.causal.Precision;
import dev.assay.model.hub.HubClient;
import dev.assay.score.entry.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Judges all candidates of one block: from what they have committed to one judgement per hotkey.
 * What is in the losses table is not computed again, so a run that was killed continues where it
 * was.
 */
record JudgeStage(
    JavaSparkContext spark,
    AssayConfiguration configuration,
    HubClient hub,
    Warehouse warehouse,
    Progress progress,
    OutageWatch outages,
    Clock clock) {

  /**
   * What was found out.
   *
   * @param judgements one for each candidate, in their order
   * @param losses of the window, those of this evaluation among them
   * @param fingerprints by which near-copies were looked for
   */
  record Judged(
      List<Judgement> judgements, WindowLosses losses, List<FingerprintRow> fingerprints) {}

  /**
   * Judges every candidate.
   *
   * @param stopping which of them only as far as they could overtake
   */
  Judged judge(
      String id,
      ChainReading reading,
      List<Candidate> candidates,
      WindowSamples samples,
      Stopping stopping)
      throws InterruptedException {
    SampleEncoding encoding =
        new SampleEncoding(
            new TokenizerSource(hub, Path.of(configuration.evaluation().cache())),
            configuration.evaluation().batching());
    KnownCheckpoints known = KnownCheckpoints.of(warehouse.table(CheckpointRow.TABLE).rows());
    Fleet fleet = fleet(new KnownModels(known), candidates);
    WindowLosses losses = WindowLosses.read(warehouse, reading.window());
    if (losses.lack(candidates, known)) {
      fleet.expectLosses();
    }
    encoding.check(configuration.competitions().schedule().at(reading.window().firstBlock()));
    progress.stage("resolve", "%d commitments on the hub".formatted(candidates.size()));
    HubListing listing =
        new HubListing(hub, known, configuration.evaluation().visibleWithinBlocks(), outages);
    List<HubListing.Listed> listed = new Originals(known).joined(listing.of(candidates));
    Workload work = Workload.of(id, listed);
    Map<String, EncodedSamples> encoded = encoding.encode(work.competitions().values(), samples);
    NearCopies.Found near =
        new NearCopies(hub, known, fleet)
            .of(id, work, encoded, HexFormat.of().formatHex(reading.seed().bytes()));
    warehouse.table(FingerprintRow.TABLE).append(near.rows());
    progress.stage(
        "losses",
        "%d models on %d samples"
            .formatted(work.units().size() - near.settled().size(), samples.most()));
    LossPasses passes =
        new LossPasses(
            id,
            fleet,
            warehouse,
            reading.window(),
            progress,
            work,
            encoded,
            near.settled(),
            losses);
    List<Judgement> judgements = passes.judge(listed, stopping);
    return new Judged(confirmed(listing, listed, judgements), passes.losses(), near.rows());
  }

  private Fleet fleet(KnownModels known, List<Candidate> candidates) {
    return new Fleet(
        spark,
        configuration,
        warehouse,
        known,
        progress,
        outages,
        clock,
        configuration.evaluation().gpusPerTask(),
        candidates.stream()
            .filter(candidate -> candidate.fault().isEmpty())
            .flatMap(candidate -> candidate.competition().stream())
            .map(competition -> Precision.named(competition.dtype()))
            .collect(Collectors.toSet()));
  }

  /** What only one look at the hub speaks for is looked at again before it is a miner's fault. */
  private static List<Judgement> confirmed(
      HubListing listing, List<HubListing.Listed> listed, List<Judgement> judgements)
      throws InterruptedException {
    List<Judgement> confirmed = new ArrayList<>();
    for (int index = 0; index < judgements.size(); index++) {
      Judgement judgement = judgements.get(index);
      Optional<Fault> other = Optional.empty();
      if (judgement.fault().isPresent() && listed.get(index).isThere()) {
        other = other(listing, listed.get(index), judgement.fault().get());
      }
      confirmed.add(other.map(judgement::with).orElse(judgement));
    }
    return confirmed;
  }

  /** The fault that another look finds instead; empty if it finds none, or none is needed. */
  private static Optional<Fault> other(HubListing listing, HubListing.Listed listed, Fault doubtful)
      throws InterruptedException {
    boolean refused = doubtful.origin() == Origin.TOKEN;
    if (doubtful.verdict() != Verdict.HASH_MISMATCH && !refused) {
      return Optional.empty();
    }
    Optional<Fault> seen = listing.lookAgain(listed);
    return seen.isEmpty() && refused ? listing.tryReading(listed) : seen;
  }
}

package dev.assay.jobs.evaluate;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.HubClient;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import dev.assay.score.sampling.Window;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Judges all commitments of one block: from what the chain says to one judgement a hotkey. What is
 * in the losses table is not computed again, so a run that was killed continues where it was.
 */
final class Evaluation {
  private final JavaSparkContext spark;
  private final AssayConfiguration configuration;
  private final HubClient hub;
  private final Warehouse warehouse;
  private final Progress progress;
  private final OurSide ourSide;

  Evaluation(
      JavaSparkContext spark,
      AssayConfiguration configuration,
      HubClient hub,
      Warehouse warehouse,
      Progress progress,
      OurSide ourSide) {
    this.spark = spark;
    this.configuration = configuration;
    this.hub = hub;
    this.warehouse = warehouse;
    this.progress = progress;
    this.ourSide = ourSide;
  }

  /**
   * What was found out.
   *
   * @param judgements one for each commitment, in their order
   * @param fingerprints by which near-copies were looked for
   */
  record Judged(List<Judgement> judgements, List<FingerprintRow> fingerprints) {}

  /** Judges every commitment. */
  Judged judge(String id, EvaluationInput input, WindowSamples samples)
      throws InterruptedException {
    checkTokenizers(input);
    List<Candidate> candidates = candidates(input);
    progress.stage("resolve", "%d commitments on the hub".formatted(candidates.size()));
    HubListing listing =
        new HubListing(hub, configuration.evaluation().visibleWithinBlocks(), ourSide);
    List<HubListing.Listed> listed = listing.of(candidates);
    Units units = Units.of(id, listed);
    Map<String, EncodedSamples> encoded = encode(units, samples);
    Map<String, KnownLosses> known = new HashMap<>();
    encoded.forEach(
        (competition, ids) ->
            known.put(
                competition, KnownLosses.of(rows(input.window()), ids, dtype(units, competition))));
    Fleet fleet =
        new Fleet(spark, configuration, warehouse.table(LossRow.TABLE), progress, ourSide);
    NearCopies.Found near =
        new NearCopies(hub, fleet)
            .of(id, units, encoded, HexFormat.of().formatHex(input.seed().bytes()));
    warehouse.table(FingerprintRow.TABLE).append(near.rows());
    List<ModelUnit> left =
        units.units().stream().filter(unit -> !near.settled().containsKey(unit.index())).toList();
    progress.stage("losses", "%d models on %d samples".formatted(left.size(), samples.most()));
    Map<Integer, Fate<ModelFinding>> fates = new HashMap<>(near.settled());
    fates.putAll(fleet.losses(id, units, left, encoded, known));
    List<Judgement> judgements = judgements(listed, units, fates, encoded, rows(input.window()));
    return new Judged(confirmed(listing, listed, judgements), near.rows());
  }

  /** What only one look at the hub speaks for is looked at again before it is a miner's fault. */
  private static List<Judgement> confirmed(
      HubListing listing, List<HubListing.Listed> listed, List<Judgement> judgements)
      throws InterruptedException {
    List<Judgement> confirmed = new ArrayList<>();
    for (int index = 0; index < judgements.size(); index++) {
      Judgement judgement = judgements.get(index);
      boolean doubtful =
          !listed.get(index).digest().isEmpty()
              && judgement
                  .fault()
                  .filter(
                      fault ->
                          fault.verdict() == Verdict.HASH_MISMATCH
                              || fault.origin() == Origin.TOKEN)
                  .isPresent();
      Optional<Fault> other = doubtful ? listing.lookAgain(listed.get(index)) : Optional.empty();
      confirmed.add(other.map(judgement::with).orElse(judgement));
    }
    return confirmed;
  }

  private List<Candidate> candidates(EvaluationInput input) {
    List<Candidate> candidates = new ArrayList<>();
    for (CommitmentRow row : input.commitments()) {
      Integer place = input.places().get(row.hotkey());
      candidates.add(
          Candidate.of(row, configuration.competitions(), input.window())
              .at(place == null ? OptionalInt.empty() : OptionalInt.of(place)));
    }
    return candidates;
  }

  /** Only competitions that somebody takes part in. */
  private Map<String, EncodedSamples> encode(Units units, WindowSamples samples)
      throws InterruptedException {
    Map<String, Competition> competitions = new TreeMap<>();
    for (List<Candidate> members : units.members()) {
      Competition competition = members.get(0).competition().orElseThrow();
      competitions.put(competition.id(), competition);
    }
    TokenizerSource tokenizers = tokenizers();
    Map<String, EncodedSamples> encoded = new HashMap<>();
    for (Competition competition : competitions.values()) {
      List<SampleRow> chosen = samples.of(competition);
      String template = competition.template();
      try (Tokenizer tokenizer = tokenizers.open(competition.tokenizer())) {
        SampleEncoder encoder = encoder(tokenizers, tokenizer, competition);
        encoded.put(
            competition.id(),
            EncodedSamples.of(
                chosen, encoder, tokenizer.digest(), template, competition.sequenceLength()));
      } catch (IOException unreadable) {
        throw unreadable(competition, unreadable);
      }
    }
    return encoded;
  }

  /** A pair that does not fit is the operator's to mend, before anything is asked of the hub. */
  private void checkTokenizers(EvaluationInput input) throws InterruptedException {
    TokenizerSource tokenizers = tokenizers();
    for (Competition competition :
        configuration.competitions().schedule().at(input.window().firstBlock())) {
      try (Tokenizer tokenizer = tokenizers.open(competition.tokenizer())) {
        encoder(tokenizers, tokenizer, competition);
      } catch (IOException unreadable) {
        throw unreadable(competition, unreadable);
      }
    }
  }

  private TokenizerSource tokenizers() {
    return new TokenizerSource(hub, Path.of(configuration.evaluation().cache()));
  }

  private static SampleEncoder encoder(
      TokenizerSource tokenizers, Tokenizer tokenizer, Competition competition) {
    return tokenizers.encoder(
        tokenizer, competition.tokenizer(), competition.template(), competition.sequenceLength());
  }

  private RuntimeException unreadable(Competition competition, IOException cause) {
    return cause instanceof NoSuchFileException missing
        ? new ConfigurationException(
            "the tokenizer " + competition.tokenizer() + " lacks the file " + missing.getFile())
        : new NotReadyException(
            "the tokenizer %s cannot be kept in %s: %s; mend it, run again"
                .formatted(competition.tokenizer(), configuration.evaluation().cache(), cause));
  }

  private static String dtype(Units units, String competition) {
    return units.units().stream()
        .map(ModelUnit::rules)
        .filter(rules -> rules.competition().equals(competition))
        .findFirst()
        .orElseThrow()
        .dtype();
  }

  private List<LossRow> rows(Window window) {
    return warehouse
        .table(LossRow.TABLE)
        .rows(
            Expressions.and(
                Expressions.greaterThanOrEqual("sample_block", window.firstSampleBlock()),
                Expressions.lessThan("sample_block", window.firstBlock())));
  }

  private List<Judgement> judgements(
      List<HubListing.Listed> listed,
      Units units,
      Map<Integer, Fate<ModelFinding>> fates,
      Map<String, EncodedSamples> encoded,
      List<LossRow> rows) {
    Map<String, Judgement> byHotkey = new HashMap<>();
    for (ModelUnit unit : units.units()) {
      for (Candidate member : units.members().get(unit.index())) {
        byHotkey.put(
            member.commitment().hotkey(),
            judgement(
                member,
                unit,
                fates.get(unit.index()),
                encoded.get(unit.rules().competition()),
                rows));
      }
    }
    return listed.stream()
        .map(HubListing.Listed::candidate)
        .map(
            candidate ->
                candidate
                    .fault()
                    .map(fault -> Judgement.of(candidate, fault))
                    .orElseGet(() -> byHotkey.get(candidate.commitment().hotkey())))
        .toList();
  }

  private Judgement judgement(
      Candidate member,
      ModelUnit unit,
      Fate<ModelFinding> fate,
      EncodedSamples samples,
      List<LossRow> rows) {
    if (!(fate instanceof Fate.Returned<ModelFinding> returned)) {
      return Judgement.of(member, fault(fate));
    }
    ModelFinding finding = returned.value();
    Optional<Fault> fault = fault(member, finding);
    Map<String, LossRow> own =
        rows.stream()
            .filter(row -> row.modelDigest().equals(finding.digest()))
            .filter(row -> row.kernel().equals(finding.kernel()))
            .filter(row -> KnownLosses.isOf(row, samples, unit.rules().dtype()))
            .collect(Collectors.toMap(LossRow::sampleId, row -> row, (first, same) -> first));
    Optional<Losses> losses = fault.isPresent() ? Optional.empty() : Judgement.losses(samples, own);
    if (fault.isEmpty() && losses.isEmpty()) {
      fault = Optional.of(Fault.of(Verdict.PENDING, "not all losses are in the table"));
    }
    return new Judgement(
        member,
        fault,
        Optional.of(finding.digest()).filter(digest -> !digest.isEmpty()),
        losses.orElse(Losses.none()),
        own.values().stream().mapToLong(LossRow::tokens).sum(),
        finding.losses().size(),
        finding.figures());
  }

  /** A finding holds for all who committed to the content, but each has his own hash. */
  private static Optional<Fault> fault(Candidate member, ModelFinding finding) {
    ModelUnit.Claim claim = Units.claim(member);
    if (!finding.directoryHash().isEmpty()
        && !DirectoryHash.matches(claim.committedHash(), finding.directoryHash(), claim.hotkey())) {
      return Optional.of(ModelEvaluation.hashMismatch(claim, finding.directoryHash()));
    }
    return finding.fault();
  }

  private static Fault fault(Fate<ModelFinding> fate) {
    if (fate instanceof Fate.Crashed<ModelFinding> crashed) {
      return Fault.of(
          Verdict.CRASHED,
          String.format(Locale.ROOT, "%d executors died while they held it", crashed.attempts()));
    }
    if (fate instanceof Fate.TimedOut<ModelFinding> timedOut) {
      return Fault.of(
          Verdict.TIMED_OUT, String.format(Locale.ROOT, "no answer in %d s", timedOut.seconds()));
    }
    String reason = fate instanceof Fate.Failed<ModelFinding> failed ? failed.reason() : "no fate";
    return Fault.of(Verdict.CRASHED, "Spark could not run it: " + reason);
  }
}

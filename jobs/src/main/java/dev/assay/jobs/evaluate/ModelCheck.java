package dev.assay.jobs.evaluate;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.candidates.SampleEncoding;
import dev.assay.jobs.candidates.WindowSamples;
import dev.assay.jobs.judge.FolderJudge;
import dev.assay.jobs.judge.KnownLosses;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.judge.ToldLosses;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelRules;
import dev.assay.score.contest.Round;
import dev.assay.score.copies.Fingerprint;
import dev.assay.score.copies.NearDuplicates;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standing;
import dev.assay.score.weights.Standings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What an evaluation would have said of a model that nobody has published yet: judged by the stages
 * of an executor, and scored in the field of an evaluation that has been, as its newest commitment.
 */
public final class ModelCheck {
  /** Nobody's address. */
  private static final String HOTKEY = "this model";

  private final BundleFolder bundle;
  private final Competition competition;
  private final SampleEncoding encoding;
  private final int threads;

  /**
   * @param bundle of the evaluation
   * @param competition one of those that it judged
   * @param encoding by the competition's tokenizer
   * @param threads of one operation
   */
  public ModelCheck(
      BundleFolder bundle, Competition competition, SampleEncoding encoding, int threads) {
    this.bundle = bundle;
    this.competition = competition;
    this.encoding = encoding;
    this.threads = threads;
  }

  /**
   * What would become of it.
   *
   * @param verdict as an evaluation gives it
   * @param reason rule, value and limit; empty for ACCEPTED
   * @param samples that it was judged on
   * @param digest of its content; empty if it never came so far
   * @param standing its place in the field; empty if it never came so far
   */
  public record Result(
      Verdict verdict, String reason, int samples, String digest, Optional<ScoredModel> standing) {}

  /** The models of the competition as the evaluation left them. */
  public List<VerdictRow> field() {
    return bundle.verdicts().stream()
        .filter(row -> row.competition().equals(Optional.of(competition.id())))
        .toList();
  }

  /**
   * Judges a folder.
   *
   * @param told called with losses as they come
   */
  public Result of(Path folder, Consumer<ToldLosses> told)
      throws IOException, InterruptedException {
    EncodedSamples samples = samples();
    Optional<Outcome> copy = Optional.empty();
    List<FingerprintRow> fingerprints = bundle.fingerprints();
    if (competition.policy().entrants().nearDuplicate() > 0 && !fingerprints.isEmpty()) {
      Task projection = new Task.Fingerprint(samples, fingerprints.get(0).seed());
      ModelFinding finding = judged(folder, projection, told);
      if (finding.fault().isPresent()) {
        return refused(finding.fault().get(), samples, finding);
      }
      copy = nearCopy(entry(finding.digest()), finding, fingerprints);
    }
    ModelFinding finding = judged(folder, new Task.Losses(samples, KnownLosses.none()), told);
    if (finding.fault().isPresent()) {
      return refused(finding.fault().get(), samples, finding);
    }
    Entry entry = entry(finding.digest());
    ModelResult own =
        copy.map(outcome -> ModelResult.failed(entry, outcome))
            .orElseGet(() -> ModelResult.accepted(entry, losses(samples, finding)));
    return scored(own, samples);
  }

  private EncodedSamples samples() throws InterruptedException {
    String id = competition.id();
    WindowSamples drawn = new WindowSamples(Map.of(id, bundle.samples(id)));
    return encoding.encode(List.of(competition), drawn).get(id);
  }

  private ModelFinding judged(Path folder, Task task, Consumer<ToldLosses> told)
      throws IOException, InterruptedException {
    return FolderJudge.judge(folder, ModelRules.of(competition), task, threads, told);
  }

  private static Result refused(Fault fault, EncodedSamples samples, ModelFinding finding) {
    return new Result(
        fault.verdict(), fault.reason(), samples.count(), finding.digest(), Optional.empty());
  }

  private static Losses losses(EncodedSamples samples, ModelFinding finding) {
    Map<String, LossRow> rows =
        finding.losses().stream().collect(Collectors.toMap(LossRow::sampleId, row -> row));
    return Judgement.losses(samples, rows, Optional.empty()).orElseThrow();
  }

  /** Committed at the evaluation's block by a hotkey that registered then. */
  private Entry entry(String digest) {
    ScoringInput input = bundle.input();
    Set<Integer> taken = new HashSet<>();
    input.rounds().forEach(round -> round.models().forEach(m -> taken.add(m.entry().uid())));
    input.previous().standings().forEach(held -> taken.add(held.registration().uid()));
    int uid = 0;
    while (taken.contains(uid)) {
      uid++;
    }
    long block = input.block();
    return new Entry(uid, HOTKEY, block, block, OptionalInt.empty(), Optional.of(digest));
  }

  private Result scored(ModelResult own, EncodedSamples samples) {
    ScoringInput input = bundle.input();
    List<Round> rounds =
        input.rounds().stream()
            .map(round -> round.competition().equals(competition.id()) ? with(round, own) : round)
            .toList();
    List<Standing> standings = new ArrayList<>(input.previous().standings());
    standings.add(new Standing(own.entry().registration(), rounds.get(0).competition(), 0, 0));
    ScoringInput joined =
        new ScoringInput(
            input.block(),
            input.competitions(),
            rounds,
            new Standings(standings, input.previous().evidence()),
            input.limits());
    ScoredModel scored =
        Scoring.score(joined).models().stream()
            .filter(model -> model.entry().equals(own.entry()))
            .findFirst()
            .orElseThrow();
    String reason =
        scored
            .outcome()
            .breach()
            .map(breach -> breach.rule() + ": " + breach.value() + "; " + breach.limit())
            .orElse("");
    return new Result(
        scored.outcome().verdict(),
        reason,
        samples.count(),
        own.entry().digest().orElseThrow(),
        Optional.of(scored));
  }

  private static Round with(Round round, ModelResult own) {
    List<ModelResult> models = new ArrayList<>(round.models());
    models.add(own);
    return new Round(
        round.competition(), round.rewardShare(), round.policy(), round.samples(), models);
  }

  /** The base is the one whose content no miner committed to. */
  private Optional<Outcome> nearCopy(
      Entry own, ModelFinding finding, List<FingerprintRow> fingerprints) {
    Map<String, Fingerprint> known =
        fingerprints.stream()
            .collect(
                Collectors.toMap(
                    FingerprintRow::modelDigest, row -> fingerprint(row.values()), (a, b) -> a));
    List<NearDuplicates.Candidate> candidates = new ArrayList<>();
    for (Round round : bundle.input().rounds()) {
      if (round.competition().equals(competition.id())) {
        round.models().stream()
            .map(ModelResult::entry)
            .filter(entry -> known.containsKey(entry.digest().orElse("")))
            .forEach(
                entry ->
                    candidates.add(
                        new NearDuplicates.Candidate(entry, known.get(entry.digest().get()))));
      }
    }
    Set<String> committed =
        bundle.verdicts().stream()
            .flatMap(row -> row.modelDigest().stream())
            .collect(Collectors.toSet());
    List<Fingerprint> bases =
        known.entrySet().stream()
            .filter(row -> !committed.contains(row.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (bases.size() != 1) {
      return Optional.empty();
    }
    candidates.add(new NearDuplicates.Candidate(own, fingerprint(finding.fingerprint())));
    double threshold = competition.policy().entrants().nearDuplicate();
    return Optional.ofNullable(NearDuplicates.find(candidates, bases.get(0), threshold).get(own));
  }

  private static Fingerprint fingerprint(List<Double> values) {
    return Fingerprint.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}

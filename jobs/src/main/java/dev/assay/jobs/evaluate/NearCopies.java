package dev.assay.jobs.evaluate;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.work.CheckpointListing;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.jobs.work.ModelRules;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.jobs.work.Origin;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.HubException;
import dev.assay.score.copies.Fingerprint;
import dev.assay.score.copies.NearDuplicates;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies with a little noise, found by their weights' fingerprints before a loss is computed. Only
 * where a competition's policy asks for it and its base model is known: how far a model has moved
 * is measured from there.
 */
final class NearCopies {
  private final HubClient hub;
  private final KnownCheckpoints known;
  private final Fleet fleet;

  NearCopies(HubClient hub, KnownCheckpoints known, Fleet fleet) {
    this.hub = hub;
    this.known = known;
    this.fleet = fleet;
  }

  /**
   * What was found.
   *
   * @param settled fates of units that need no losses, by index: near-copies, and what failed
   * @param rows the fingerprints, the bases' included
   */
  record Found(Map<Integer, Fate<ModelFinding>> settled, List<FingerprintRow> rows) {
    static final Found NOTHING = new Found(Map.of(), List.of());
  }

  /**
   * Looks for them among the units.
   *
   * @param run name of the evaluation
   * @param seed of the projection, 64 hex digits: unknown when models are committed
   * @throws NotReadyException if a base model cannot be obtained
   */
  Found of(String run, Workload work, Map<String, EncodedSamples> samples, String seed)
      throws InterruptedException {
    Map<String, Competition> asking = asking(work);
    if (asking.isEmpty()) {
      return Found.NOTHING;
    }
    List<ModelUnit> chosen =
        new ArrayList<>(
            work.units().stream()
                .filter(unit -> asking.containsKey(unit.rules().competition()))
                .toList());
    Map<String, Integer> bases = new HashMap<>();
    for (Competition competition : asking.values()) {
      int index = work.units().size() + bases.size();
      bases.put(competition.id(), index);
      chosen.add(base(run, index, competition));
    }
    Map<Integer, Fate<ModelFinding>> fates =
        fleet.fingerprints(run + "-fingerprints", seed, chosen, tasks(samples, seed));
    List<FingerprintRow> rows = new ArrayList<>();
    Map<Integer, Fate<ModelFinding>> settled = new HashMap<>();
    for (ModelUnit unit : chosen) {
      Optional<ModelFinding> sound = sound(fates.get(unit.index()));
      sound.ifPresent(
          finding -> rows.add(new FingerprintRow(seed, finding.digest(), finding.fingerprint())));
      if (sound.isEmpty() && unit.index() < work.units().size()) {
        settled.put(unit.index(), fates.get(unit.index()));
      }
    }
    for (Competition competition : asking.values()) {
      ModelFinding base =
          sound(fates.get(bases.get(competition.id())))
              .orElseThrow(() -> new NotReadyException(unavailable(competition, fates, bases)));
      settled.putAll(copies(competition, work, fates, base));
    }
    return new Found(settled, rows);
  }

  private static Map<String, Task> tasks(Map<String, EncodedSamples> samples, String seed) {
    Map<String, Task> tasks = new HashMap<>();
    samples.forEach((competition, own) -> tasks.put(competition, new Task.Fingerprint(own, seed)));
    return tasks;
  }

  private static Map<String, Competition> asking(Workload work) {
    Map<String, Competition> asking = new HashMap<>(work.competitions());
    asking
        .values()
        .removeIf(
            competition ->
                competition.policy().entrants().nearDuplicate() <= 0
                    || competition.base().isEmpty());
    return asking;
  }

  private ModelUnit base(String run, int index, Competition competition)
      throws InterruptedException {
    String[] parts = competition.base().orElseThrow().split("[/@]", 3);
    RepositoryId repository = new RepositoryId(parts[0], parts[1]);
    Optional<CheckpointRow> row = known.listed(parts[0] + "/" + parts[1], parts[2]);
    try {
      CheckpointListing listing =
          row.isPresent()
              ? new CheckpointListing(List.of())
              : new CheckpointListing(hub.tree(repository, new Revision(parts[2])));
      return new ModelUnit(
          run,
          index,
          repository.namespace(),
          repository.name(),
          parts[2],
          row.map(CheckpointRow::listing).orElseGet(listing::digest),
          new ArrayList<>(),
          ModelRules.of(competition),
          row.map(CheckpointRow::bytes).orElseGet(listing::bytes),
          false);
    } catch (HubException unavailable) {
      throw new NotReadyException(
          "the base model of competition %s cannot be obtained: %s"
              .formatted(competition.id(), unavailable.getMessage()));
    }
  }

  private static Optional<ModelFinding> sound(Fate<ModelFinding> fate) {
    return fate instanceof Fate.Returned<ModelFinding> returned
            && returned.value().verdict() == Verdict.ACCEPTED
        ? Optional.of(returned.value())
        : Optional.empty();
  }

  private static String unavailable(
      Competition competition, Map<Integer, Fate<ModelFinding>> fates, Map<String, Integer> bases) {
    Fate<ModelFinding> fate = fates.get(bases.get(competition.id()));
    String reason =
        fate instanceof Fate.Returned<ModelFinding> returned
            ? returned.value().reason()
            : String.valueOf(fate);
    return "the base model %s of competition %s has no fingerprint: %s"
        .formatted(competition.base().orElseThrow(), competition.id(), reason);
  }

  /** Fates of the units whose weights are an earlier one's but for a little noise, by index. */
  static Map<Integer, Fate<ModelFinding>> copies(
      Competition competition,
      Workload work,
      Map<Integer, Fate<ModelFinding>> fates,
      ModelFinding base) {
    Map<Entry, ModelUnit> unitOf = new HashMap<>();
    List<NearDuplicates.Candidate> candidates = new ArrayList<>();
    for (ModelUnit unit : work.units()) {
      Optional<ModelFinding> sound = sound(fates.get(unit.index()));
      if (sound.isPresent() && unit.rules().competition().equals(competition.id())) {
        Optional<Entry> entry = earliest(work.members().get(unit.index()), sound.get());
        entry.ifPresent(
            earliest -> {
              unitOf.put(earliest, unit);
              candidates.add(new NearDuplicates.Candidate(earliest, fingerprint(sound.get())));
            });
      }
    }
    Map<Integer, Fate<ModelFinding>> copies = new HashMap<>();
    NearDuplicates.find(
            candidates, fingerprint(base), competition.policy().entrants().nearDuplicate())
        .forEach(
            (entry, outcome) -> {
              int index = unitOf.get(entry).index();
              ModelFinding finding = sound(fates.get(index)).orElseThrow();
              copies.put(index, new Fate.Returned<>(finding.with(fault(outcome))));
            });
    return copies;
  }

  /** Of the miners that committed to the content, the one whose entry is the oldest. */
  private static Optional<Entry> earliest(List<Candidate> members, ModelFinding finding) {
    return members.stream()
        .filter(member -> member.claim().matches(finding.directoryHash()))
        .map(member -> member.entry(Optional.of(finding.digest())))
        .min(EntryOrder.EARLIEST_FIRST);
  }

  private static Fingerprint fingerprint(ModelFinding finding) {
    return Fingerprint.of(
        finding.fingerprint().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Fault fault(Outcome outcome) {
    Breach breach = outcome.breach().orElseThrow();
    return new Fault(
        outcome.verdict(),
        outcome.blame().orElseThrow(),
        Origin.MODEL,
        breach.rule() + ": " + breach.value() + "; " + breach.limit());
  }
}

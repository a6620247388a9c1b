package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.HubListing;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.Verdict;
import dev.assay.score.statistics.Pursuit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * From what became of each unit to what that means for each candidate.
 *
 * @param fates by unit
 * @param encoded the samples, by competition
 * @param losses of the window, those of the units among them
 * @param pursuits by unit, what its losses end by before the last sample
 */
record Judgements(
    Workload work,
    Map<Integer, Fate<ModelFinding>> fates,
    Map<String, EncodedSamples> encoded,
    WindowLosses losses,
    Map<Integer, Pursuit> pursuits) {

  /** One judgement a candidate, in their order. */
  List<Judgement> of(List<HubListing.Listed> listed) {
    Map<String, Judgement> byHotkey = new HashMap<>();
    for (ModelUnit unit : work.units()) {
      for (Candidate member : work.members().get(unit.index())) {
        byHotkey.put(member.commitment().hotkey(), judgement(member, unit));
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

  private Judgement judgement(Candidate member, ModelUnit unit) {
    Fate<ModelFinding> fate = fates.get(unit.index());
    if (fate == null) {
      return Judgement.of(member, Fault.of(Verdict.PENDING, "its turn has not come"));
    }
    if (!(fate instanceof Fate.Returned<ModelFinding> returned)) {
      return Judgement.of(member, fault(fate));
    }
    ModelFinding finding = returned.value();
    EncodedSamples samples = encoded.get(unit.rules().competition());
    Map<String, LossRow> own = losses.of(finding.digest(), finding.kernel(), samples);
    Optional<Fault> fault = fault(member, finding);
    Optional<Pursuit> pursuit = Optional.ofNullable(pursuits.get(unit.index()));
    Optional<Losses> complete =
        fault.isPresent() ? Optional.empty() : Judgement.losses(samples, own, pursuit);
    if (fault.isEmpty() && complete.isEmpty()) {
      fault = Optional.of(Fault.of(Verdict.PENDING, "not all losses are in the table"));
    }
    return new Judgement(
        member,
        fault,
        Optional.of(finding.digest()).filter(digest -> !digest.isEmpty()),
        complete.orElse(Losses.none()),
        tokens(samples, own, complete.map(Losses::count).orElse(samples.count())),
        finding.losses().size(),
        finding.cost());
  }

  private static long tokens(EncodedSamples samples, Map<String, LossRow> rows, int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> Optional.ofNullable(rows.get(samples.sampleId(index))))
        .flatMap(Optional::stream)
        .mapToLong(LossRow::tokens)
        .sum();
  }

  /** A finding holds for every miner that committed to the content, but each has its own hash. */
  private static Optional<Fault> fault(Candidate member, ModelFinding finding) {
    ModelUnit.Claim claim = member.claim();
    return finding.directoryHash().isEmpty() || claim.matches(finding.directoryHash())
        ? finding.fault()
        : Optional.of(claim.mismatch(finding.directoryHash()));
  }

  private static Fault fault(Fate<ModelFinding> fate) {
    if (fate instanceof Fate.Crashed<ModelFinding> crashed) {
      return Fault.of(
          Verdict.CRASHED,
          String.format(
              Locale.ROOT, "%d executors died or hung while they held it", crashed.attempts()));
    }
    if (fate instanceof Fate.TimedOut<ModelFinding> timedOut) {
      return Fault.of(
          Verdict.TIMED_OUT, String.format(Locale.ROOT, "no answer in %d s", timedOut.seconds()));
    }
    String reason = fate instanceof Fate.Failed<ModelFinding> failed ? failed.reason() : "no fate";
    return Fault.of(Verdict.CRASHED, "Spark could not run it: " + reason);
  }
}

package dev.assay.jobs.judge;

import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Which units are tried once more when all others are done, and the result of both tries. What lost
 * its executors is then alone with them.
 */
public final class SecondTry {
  private SecondTry() {}

  /** Units that came back with a fault which another node or a later moment may not show. */
  public static List<ModelUnit> elsewhere(
      List<ModelUnit> units, Map<Integer, Fate<ModelFinding>> fates) {
    return units.stream().filter(unit -> isNobodysFault(fates.get(unit.index()))).toList();
  }

  private static boolean isNobodysFault(Fate<ModelFinding> fate) {
    return fate instanceof Fate.Returned<ModelFinding> returned && isNobodysFault(returned.value());
  }

  /** Whether a finding is one that another node, or a later moment, may not give. */
  public static boolean isNobodysFault(ModelFinding finding) {
    return finding
        .fault()
        .filter(fault -> fault.blame() != Blame.MINER)
        // What has used up its time would use it up again.
        .filter(fault -> fault.verdict() != Verdict.TIMED_OUT)
        .isPresent();
  }

  /** Units under which executors died; others that ran beside them may have been the cause. */
  public static List<ModelUnit> alone(
      List<ModelUnit> units, Map<Integer, Fate<ModelFinding>> fates) {
    return units.stream()
        .filter(
            unit ->
                fates.get(unit.index()) instanceof Fate.Crashed
                    || fates.get(unit.index()) instanceof Fate.Failed)
        .toList();
  }

  /** The later fate; lost executors are counted over both. */
  public static Fate<ModelFinding> together(Fate<ModelFinding> first, Fate<ModelFinding> second) {
    return first instanceof Fate.Crashed<ModelFinding> before
            && second instanceof Fate.Crashed<ModelFinding> after
        ? new Fate.Crashed<>(before.attempts() + after.attempts())
        : second;
  }
}

package dev.assay.jobs.judge;

import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an executor found out about one unit. Java serialization carries it, hence empty texts
 * instead of optional ones.
 *
 * @param verdict ACCEPTED when nothing speaks against it; the driver still looks at its losses
 * @param blame whose fault it is; null for ACCEPTED
 * @param origin where the fault comes from; null for ACCEPTED
 * @param reason rule, value and limit; empty for ACCEPTED
 * @param directoryHash of the downloaded content, as the original computes it; empty if it never
 *     came so far
 * @param digest the content digest; empty if it never came so far
 * @param kernel name of the computation; empty if no loss was needed
 * @param gate what the checkpoint's checks say for every window
 * @param losses those computed now, in the samples' order
 * @param fingerprint of the weights, where that was the task
 * @param cost what it cost
 */
public record ModelFinding(
    Verdict verdict,
    Blame blame,
    Origin origin,
    String reason,
    String directoryHash,
    String digest,
    String kernel,
    GateAnswer gate,
    List<LossRow> losses,
    List<Double> fingerprint,
    Cost cost)
    implements Serializable {

  static ModelFinding of(
      Optional<Fault> fault,
      String directoryHash,
      String digest,
      String kernel,
      GateAnswer gate,
      List<LossRow> losses,
      List<Double> fingerprint,
      Cost cost) {
    return new ModelFinding(
        fault.map(Fault::verdict).orElse(Verdict.ACCEPTED),
        fault.map(Fault::blame).orElse(null),
        fault.map(Fault::origin).orElse(null),
        fault.map(Fault::reason).orElse(""),
        directoryHash,
        digest,
        kernel,
        gate,
        // Lists of the JDK that Java serialization carries between its versions.
        new ArrayList<>(losses),
        new ArrayList<>(fingerprint),
        cost);
  }

  /** What an earlier evaluation has found out, at no cost. */
  static ModelFinding remembered(
      CheckpointRow row, Optional<Fault> fault, String kernel, List<Double> fingerprint) {
    return of(
        fault,
        row.directoryHash(),
        row.modelDigest(),
        kernel,
        GateAnswer.NONE,
        List.of(),
        fingerprint,
        Cost.NONE);
  }

  /** What speaks against it. */
  public Optional<Fault> fault() {
    return verdict == Verdict.ACCEPTED
        ? Optional.empty()
        : Optional.of(new Fault(verdict, blame, origin, reason));
  }

  /** This finding of the same content, with what an earlier one has computed and cost. */
  public ModelFinding after(ModelFinding earlier) {
    List<LossRow> all = new ArrayList<>(earlier.losses);
    all.addAll(losses);
    return of(
        fault(), directoryHash, digest, kernel, gate, all, fingerprint, cost.after(earlier.cost));
  }

  /** The same content with something that speaks against it. */
  public ModelFinding with(Fault fault) {
    return of(Optional.of(fault), directoryHash, digest, kernel, gate, losses, fingerprint, cost);
  }
}

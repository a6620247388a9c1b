package dev.assay.jobs.evaluate;

import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.io.Serializable;
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
 * @param losses those computed now, in the samples' order
 * @param fingerprint of the weights, where that was asked for instead of losses
 * @param figures what it cost
 */
record ModelFinding(
    Verdict verdict,
    Blame blame,
    Origin origin,
    String reason,
    String directoryHash,
    String digest,
    String kernel,
    List<SampleFinding> losses,
    List<Double> fingerprint,
    Figures figures)
    implements Serializable {

  /** What speaks against it. */
  Optional<Fault> fault() {
    return verdict == Verdict.ACCEPTED
        ? Optional.empty()
        : Optional.of(new Fault(verdict, blame, origin, reason));
  }

  /** The same content with something that speaks against it. */
  ModelFinding with(Fault fault) {
    return new ModelFinding(
        fault.verdict(),
        fault.blame(),
        fault.origin(),
        fault.reason(),
        directoryHash,
        digest,
        kernel,
        losses,
        fingerprint,
        figures);
  }

  /**
   * The loss of one sample.
   *
   * @param index of the sample in the window
   * @param verdict OK, EMPTY or NON_FINITE
   * @param lossSum sum of −log p over the counted tokens, in nats
   * @param tokens how many were counted
   */
  record SampleFinding(int index, String verdict, double lossSum, int tokens)
      implements Serializable {}

  /**
   * What one model cost.
   *
   * @param attempt executors tried, from 1
   * @param bytes downloaded or found in the cache
   * @param executor id of Spark's executor
   * @param device cpu or the GPU's address
   */
  record Figures(
      int attempt,
      long bytes,
      long downloadMs,
      long loadMs,
      long runMs,
      String executor,
      String device)
      implements Serializable {
    static final Figures NONE = new Figures(0, 0, 0, 0, 0, "", "");
  }

  /** Losses as they come, told while the task still runs. */
  record Partial(String digest, String kernel, List<SampleFinding> losses, double tokensPerSecond)
      implements Serializable {}
}

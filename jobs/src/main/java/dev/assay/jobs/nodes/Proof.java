package dev.assay.jobs.nodes;

import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.model.canary.Canary;
import dev.assay.model.canary.CanaryAnswer;
import dev.assay.model.causal.Precision;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a device of this process computes right: it has once computed a loss that is known,
 * before its first unit and again after a failure that was its own.
 */
public final class Proof {
  /** A device and a precision of this process. */
  private record Computation(String device, Precision precision) {}

  private static final Map<Computation, Optional<Fault>> KNOWN = new HashMap<>();

  private Proof() {}

  /** What speaks against the device; nothing if it computes right. */
  public static synchronized Optional<Fault> fault(
      Device device, Precision precision, NodeStore store) {
    return KNOWN.computeIfAbsent(
        new Computation(device.toString(), precision), ignored -> ask(device, precision, store));
  }

  /** After a failure that may have left the device in a bad state. */
  public static synchronized void forget() {
    KNOWN.clear();
  }

  private static Optional<Fault> ask(Device device, Precision precision, NodeStore store) {
    try {
      CanaryAnswer answer = Canary.ask(store.path(), device.options(precision));
      return answer.isRight() ? Optional.empty() : Optional.of(node(answer.text()));
    } catch (IOException unwritable) {
      return Optional.of(NodeDisk.fault(store.path(), unwritable));
    } catch (RuntimeException | LinkageError broken) {
      return Optional.of(node("this node cannot compute the canary's loss: " + broken));
    }
  }

  private static Fault node(String reason) {
    return Fault.of(Verdict.UNAVAILABLE, Origin.NODE, reason);
  }
}

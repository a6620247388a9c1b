package dev.assay.jobs.candidates;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.model.hub.HubClient;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Watches for what fails for all models alike: the hub as a whole, or the only disk. */
public final class OutageWatch {
  private final HubClient hub;
  private final String endpoint;
  private final BooleanSupplier onlyOneHost;

  /**
   * @param endpoint as a message names it
   * @param onlyOneHost whether all executors share one machine's disk
   */
  public OutageWatch(HubClient hub, String endpoint, BooleanSupplier onlyOneHost) {
    this.hub = hub;
    this.endpoint = endpoint;
    this.onlyOneHost = onlyOneHost;
  }

  /**
   * Takes note of a fault.
   *
   * @throws NotReadyException if no other model will fare better
   */
  public void after(Fault fault) {
    if (fault.origin() == Origin.DISK && onlyOneHost.getAsBoolean()) {
      throw stopped(fault.reason());
    }
    if (fault.origin() == Origin.REPOSITORY) {
      outage()
          .ifPresent(
              reason -> {
                throw stopped("the hub %s does not answer: %s".formatted(endpoint, reason));
              });
    }
  }

  private Optional<String> outage() {
    try {
      return hub.outage();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Ends an evaluation that weights would be wrong after. */
  public static NotReadyException stopped(String reason) {
    return new NotReadyException(
        reason + "; the evaluation is not completed and no weights are set: fix it, run again");
  }
}

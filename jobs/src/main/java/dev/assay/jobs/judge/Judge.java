package dev.assay.jobs.judge;

import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.nodes.NodeDisk;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.nodes.Proof;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.jobs.work.Origin;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.store.CheckpointStore;
import dev.assay.model.store.StoreFullException;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one unit through the stages on one executor. Knows no Spark.
 *
 * @param cache node-local folder of checkpoints
 * @param store that keeps them; empty where they are not ours to keep
 * @param arrived called once the files are there, before anything is computed
 * @param told called with losses as they come
 */
record Judge(
    CheckpointSource checkpoints,
    Path cache,
    Optional<NodeStore> store,
    Runnable arrived,
    Device device,
    TimeLimit limit,
    Consumer<ToldLosses> told) {

  /** Judges; whatever goes wrong is a finding, never an exception. */
  ModelFinding judge(ModelUnit unit, Task task, int attempt, String executor)
      throws InterruptedException {
    Dossier dossier = new Dossier();
    return dossier.finding(fault(unit, task, dossier), attempt, executor, device);
  }

  private Optional<Fault> fault(ModelUnit unit, Task task, Dossier dossier)
      throws InterruptedException {
    try {
      take(unit, task, dossier);
      return Optional.empty();
    } catch (FaultException found) {
      return Optional.of(found.fault());
    } catch (HubException.NotFound hidden) {
      // The driver has seen it listed.
      return Optional.of(
          Fault.of(
              Verdict.UNAVAILABLE,
              Origin.TOKEN,
              hidden.getMessage() + ", though the driver sees it; is ASSAY_HUB_TOKEN set here?"));
    } catch (HubException refused) {
      return Optional.of(Fault.of(refused));
    } catch (RejectedCheckpointException rejected) {
      return Optional.of(
          Fault.of(
              rejected.rejection() == Rejection.NON_FINITE_WEIGHT
                  ? Verdict.NON_FINITE
                  : Verdict.REJECTED_CHECKPOINT,
              rejected.getMessage()));
    } catch (StoreFullException full) {
      return Optional.of(Fault.of(Verdict.UNAVAILABLE, Origin.NODE, full.getMessage()));
    } catch (IOException ours) {
      return Optional.of(NodeDisk.fault(cache, ours));
    } catch (UncheckedIOException ours) {
      return Optional.of(NodeDisk.fault(cache, ours.getCause()));
    } catch (InsufficientMemoryException small) {
      return Optional.of(Fault.of(small));
    } catch (RuntimeException unexpected) {
      Proof.forget();
      return Optional.of(Fault.of(unexpected));
    }
  }

  /** What follows the arrival of a unit's files. */
  private interface Arrival {
    void note(long bytes) throws IOException;
  }

  private void take(ModelUnit unit, Task task, Dossier dossier)
      throws IOException, InterruptedException, RejectedCheckpointException {
    if (store.isEmpty()) {
      take(unit, task, dossier, bytes -> {});
      return;
    }
    try (CheckpointStore.Pin pin = store.get().pin(unit)) {
      take(unit, task, dossier, pin::arrived);
    }
  }

  /** A miner is responsible for what was published, not for what has become of it on our disk. */
  private void take(ModelUnit unit, Task task, Dossier dossier, Arrival arrival)
      throws IOException, InterruptedException, RejectedCheckpointException {
    FetchStage fetching = new FetchStage(checkpoints, limit.limit());
    Snapshot snapshot = fetch(fetching, unit, dossier);
    arrival.note(snapshot.bytes());
    arrived.run();
    try {
      compute(unit, task, gate(unit, task, snapshot, dossier), dossier);
    } catch (FaultException | RejectedCheckpointException refused) {
      if (!fetching.discardSpoilt(snapshot)) {
        throw refused;
      }
      compute(unit, task, gate(unit, task, fetch(fetching, unit, dossier), dossier), dossier);
    }
  }

  private static Snapshot fetch(FetchStage fetching, ModelUnit unit, Dossier dossier)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    Snapshot snapshot = fetching.fetch(unit);
    dossier.fetched(snapshot, started);
    return snapshot;
  }

  private static Checkpoint gate(ModelUnit unit, Task task, Snapshot snapshot, Dossier dossier)
      throws IOException, RejectedCheckpointException {
    GateStage gate = new GateStage(task.samples());
    gate.requireCommitted(unit, dossier.directoryHash());
    dossier.gate(GateAnswer.FAILS);
    Checkpoint checkpoint = gate.open(unit.rules(), snapshot.directory());
    dossier.gate(GateAnswer.NONE);
    gate.requireFit(checkpoint);
    if (!unit.isInspected()) {
      dossier.gate(GateAnswer.FAILS);
      checkpoint.inspect(unit.rules().norms());
    }
    dossier.gate(GateAnswer.PASSES);
    return checkpoint;
  }

  private void compute(ModelUnit unit, Task task, Checkpoint checkpoint, Dossier dossier)
      throws IOException, InterruptedException, RejectedCheckpointException {
    if (task instanceof Task.Losses losses) {
      new LossStage(losses, losses.pursuit(unit), device, limit, told).compute(checkpoint, dossier);
    } else if (task instanceof Task.Fingerprint fingerprint) {
      dossier.projected(checkpoint.fingerprint(HexFormat.of().parseHex(fingerprint.seed())));
    }
  }
}

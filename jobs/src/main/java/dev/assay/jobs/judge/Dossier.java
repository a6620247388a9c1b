package dev.assay.jobs.judge;

import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.Fault;
import dev.assay.model.checkpoint.ContentDigest;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the stages find out about one unit, kept whatever becomes of it. */
final class Dossier {
  private String directoryHash = "";
  private String digest = "";
  private String kernel = "";
  private GateAnswer gate = GateAnswer.NONE;
  private long bytes;
  private long downloadMs;
  private long loadMs;
  private long runMs;
  private List<Double> fingerprint = List.of();
  private final List<LossRow> losses = new ArrayList<>();

  /** What came, once more where it had been spoilt; losses of spoilt content are none. */
  void fetched(Snapshot snapshot, long sinceNanos) throws IOException {
    losses.clear();
    gate = GateAnswer.NONE;
    bytes = snapshot.bytes();
    downloadMs = millisSince(sinceNanos);
    List<FileDigest> digests = snapshot.digests();
    directoryHash = DirectoryHash.of(digests);
    digest = ContentDigest.of(digests);
  }

  /** As the original computes it. */
  String directoryHash() {
    return directoryHash;
  }

  /** The content's. */
  String digest() {
    return digest;
  }

  /** What the checks say if the next one throws. */
  void gate(GateAnswer answer) {
    gate = answer;
  }

  void computedBy(String name) {
    kernel = name;
  }

  void loaded(long sinceNanos) {
    loadMs = millisSince(sinceNanos);
  }

  void ran(long sinceNanos) {
    runMs = millisSince(sinceNanos);
  }

  /** Those computed so far, in the samples' order; the loss stage adds to them. */
  List<LossRow> losses() {
    return losses;
  }

  void projected(double[] values) {
    fingerprint = Arrays.stream(values).boxed().toList();
  }

  ModelFinding finding(Optional<Fault> fault, int attempt, String executor, Device device) {
    return ModelFinding.of(
        fault,
        directoryHash,
        digest,
        kernel,
        gate,
        losses,
        fingerprint,
        new Cost(attempt, bytes, downloadMs, loadMs, runMs, executor, device.toString()));
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}

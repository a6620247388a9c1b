package dev.assay.jobs.evaluate;

import dev.assay.jobs.evaluate.ModelFinding.Figures;
import dev.assay.jobs.evaluate.ModelFinding.Partial;
import dev.assay.jobs.evaluate.ModelFinding.SampleFinding;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
import dev.assay.model.checkpoint.ContentDigest;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.checkpoint.Rejection;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubException;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SamplesFit;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One model on one executor: download, verify, gate, losses. Knows no Spark. */
final class ModelEvaluation {
  private static final int MOST_FILES = 256;

  /** Losses are told this often, so that a kill loses no more than this. */
  private static final long TELL_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final HubClient hub;
  private final Path cache;
  private final EncodedSamples samples;
  private final KnownLosses known;
  private final int threads;
  private final int gpu;
  private final Duration limit;
  private final BooleanSupplier cancelled;
  private final Consumer<Partial> told;
  private final long startedNanos = System.nanoTime();

  private String directoryHash = "";
  private String digest = "";
  private String kernel = "";
  private long bytes;
  private long downloadMs;
  private long loadMs;
  private long runMs;
  private final List<SampleFinding> losses = new ArrayList<>();
  private List<Double> fingerprint = List.of();

  /** What is done with a checkpoint that passed the gate. */
  private interface Step {
    void take(Checkpoint checkpoint)
        throws IOException, InterruptedException, RejectedCheckpointException;
  }

  /**
   * @param cache node-local folder of checkpoints
   * @param gpu index of the device; −1 for the CPU
   * @param limit of the whole evaluation
   * @param cancelled whether Spark wants the task to end
   * @param told called with losses as they come
   */
  ModelEvaluation(
      HubClient hub,
      Path cache,
      EncodedSamples samples,
      KnownLosses known,
      int threads,
      int gpu,
      Duration limit,
      BooleanSupplier cancelled,
      Consumer<Partial> told) {
    this.hub = hub;
    this.cache = cache;
    this.samples = samples;
    this.known = known;
    this.threads = threads;
    this.gpu = gpu;
    this.limit = limit;
    this.cancelled = cancelled;
    this.told = told;
  }

  /** Evaluates one unit; whatever goes wrong is a finding, never an exception. */
  ModelFinding evaluate(ModelUnit unit, int attempt, String executor) throws InterruptedException {
    return find(unit, attempt, executor, checkpoint -> compute(unit, checkpoint));
  }

  /** Projects the unit's weights; whatever goes wrong is a finding, too. */
  ModelFinding fingerprint(ModelUnit unit, byte[] seed, int attempt, String executor)
      throws InterruptedException {
    return find(
        unit,
        attempt,
        executor,
        checkpoint -> fingerprint = Arrays.stream(checkpoint.fingerprint(seed)).boxed().toList());
  }

  private ModelFinding find(ModelUnit unit, int attempt, String executor, Step step)
      throws InterruptedException {
    Fault fault = null;
    try {
      take(unit, step);
    } catch (FaultException found) {
      fault = found.fault();
    } catch (HubException.NotFound hidden) {
      // The driver has seen it listed.
      fault =
          Fault.of(
              Verdict.UNAVAILABLE,
              Origin.TOKEN,
              hidden.getMessage() + ", though the driver sees it; is ASSAY_HUB_TOKEN set here?");
    } catch (HubException refused) {
      fault = Fault.of(refused);
    } catch (RejectedCheckpointException rejected) {
      fault =
          Fault.of(
              rejected.rejection() == Rejection.NON_FINITE_WEIGHT
                  ? Verdict.NON_FINITE
                  : Verdict.REJECTED_CHECKPOINT,
              rejected.getMessage());
    } catch (IOException ours) {
      fault = NodeCache.fault(cache, ours);
    } catch (UncheckedIOException ours) {
      fault = NodeCache.fault(cache, ours.getCause());
    } catch (InsufficientMemoryException small) {
      fault = Fault.of(small);
    } catch (RuntimeException unexpected) {
      fault = Fault.of(unexpected);
    }
    Figures figures =
        new Figures(
            attempt, bytes, downloadMs, loadMs, runMs, executor, gpu < 0 ? "cpu" : "gpu " + gpu);
    return new ModelFinding(
        fault == null ? Verdict.ACCEPTED : fault.verdict(),
        fault == null ? null : fault.blame(),
        fault == null ? null : fault.origin(),
        fault == null ? "" : fault.reason(),
        directoryHash,
        digest,
        kernel,
        losses,
        new ArrayList<>(fingerprint),
        figures);
  }

  /** A miner answers for what he published, and not for what has become of it on our disk. */
  private void take(ModelUnit unit, Step step)
      throws IOException, InterruptedException, RejectedCheckpointException {
    Snapshot snapshot = download(unit);
    try {
      step.take(open(unit, snapshot));
    } catch (FaultException | RejectedCheckpointException refused) {
      List<HubFile> spoilt = snapshot.spoilt();
      if (spoilt.isEmpty()) {
        throw refused;
      }
      HubClient.discard(snapshot, spoilt, cache);
      step.take(open(unit, download(unit)));
    }
  }

  private Snapshot download(ModelUnit unit) throws IOException, InterruptedException {
    long started = System.nanoTime();
    long most = unit.rules().maxBytes();
    String[] repository = unit.repository().split("/", 2);
    Snapshot snapshot =
        hub.download(
            new RepositoryId(repository[0], repository[1]),
            new Revision(unit.revision()),
            unit.files(),
            new DownloadLimits(most, most, MOST_FILES, limit),
            cache);
    if (!HubListing.digest(snapshot.files()).equals(unit.listing())) {
      throw new FaultException(
          Fault.of(
              Verdict.UNAVAILABLE,
              Origin.REPOSITORY,
              "the hub lists other files to this executor than to the driver"));
    }
    bytes = snapshot.bytes();
    downloadMs = millisSince(started);
    return snapshot;
  }

  /** Verifies what was committed, then lets the gate look at it. */
  private Checkpoint open(ModelUnit unit, Snapshot snapshot)
      throws IOException, RejectedCheckpointException {
    List<FileDigest> digests = snapshot.digests();
    directoryHash = DirectoryHash.of(digests);
    digest = ContentDigest.of(digests);
    boolean committed =
        unit.claims().isEmpty()
            || unit.claims().stream()
                .anyMatch(
                    claim ->
                        DirectoryHash.matches(
                            claim.committedHash(), directoryHash, claim.hotkey()));
    if (!committed) {
      throw new FaultException(hashMismatch(unit.claims().get(0), directoryHash));
    }
    ModelUnit.UnitRules rules = unit.rules();
    Checkpoint checkpoint = Checkpoint.open(snapshot.directory(), limits(rules));
    String family = checkpoint.config().family().modelType();
    if (!rules.families().contains(family)) {
      throw rejected(
          "the model is of type " + family + "; the competition admits " + rules.families());
    }
    if (checkpoint.parameters() < rules.minParameters()) {
      throw rejected(
          "the checkpoint has %d parameters; at least %d"
              .formatted(checkpoint.parameters(), rules.minParameters()));
    }
    new ComputationLimits(rules.flopsPerToken(), rules.bytesPerToken())
        .require(checkpoint.config(), samples.sequenceLength());
    SamplesFit.require(checkpoint, samples.all());
    checkpoint.inspect(new NormLimits(rules.hardNorm(), rules.softNorm(), rules.softShare()));
    return checkpoint;
  }

  /** What a claim is told whose hash isn't the content's. */
  static Fault hashMismatch(ModelUnit.Claim claim, String directoryHash) {
    return Fault.of(
        Verdict.HASH_MISMATCH,
        "the committed hash is %s; the published files have %s"
            .formatted(claim.committedHash(), directoryHash));
  }

  private static CheckpointLimits limits(ModelUnit.UnitRules rules) {
    CheckpointLimits defaults = CheckpointLimits.defaults();
    return new CheckpointLimits(
        defaults.files(),
        defaults.jsonBytes(),
        defaults.tokenizerBytes(),
        defaults.headerBytes(),
        defaults.tensors(),
        rules.maxParameters(),
        rules.maxBytes());
  }

  private void compute(ModelUnit unit, Checkpoint checkpoint) throws InterruptedException {
    Optional<String> complete = known.complete(digest, samples.count(), this::isAsGood);
    if (complete.isPresent()) {
      kernel = complete.get();
      return;
    }
    long loading = System.nanoTime();
    Precision precision = Precision.valueOf(unit.rules().dtype().toUpperCase(Locale.ROOT));
    LossOptions options =
        gpu < 0 ? LossOptions.cpu(precision, threads) : LossOptions.gpu(precision, gpu);
    try (LossModel model =
        LossModel.load(checkpoint, options.ofSequences(samples.sequenceLength()))) {
      kernel = model.kernel();
      loadMs = millisSince(loading);
      long running = System.nanoTime();
      computeAll(model, running);
      runMs = millisSince(running);
    }
  }

  /**
   * A model keeps to one kind of device, as far as it can: its losses differ a little by it. What
   * an earlier version computed is never taken.
   */
  private boolean isAsGood(String name) {
    return LossModel.isOfThisVersion(name) && name.contains("-cuda-") == gpu >= 0;
  }

  private void computeAll(LossModel model, long running) throws InterruptedException {
    int toldCount = 0;
    long toldNanos = System.nanoTime();
    long tokens = 0;
    for (int index = 0; index < samples.count(); index++) {
      if (known.has(digest, kernel, index)) {
        continue;
      }
      stopIfAsked();
      SampleLoss loss = model.loss(samples.sample(index));
      tokens += samples.length(index);
      losses.add(new SampleFinding(index, loss.verdict().name(), loss.lossSum(), loss.tokens()));
      if (System.nanoTime() - toldNanos >= TELL_EVERY_NANOS) {
        tell(toldCount, tokens, running);
        toldCount = losses.size();
        toldNanos = System.nanoTime();
      }
    }
    tell(toldCount, tokens, running);
  }

  private void stopIfAsked() throws InterruptedException {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("the task was cancelled");
    }
    if (System.nanoTime() - startedNanos > limit.toNanos()) {
      throw new FaultException(
          Fault.of(
              Verdict.TIMED_OUT,
              "%d of %d losses in %d s; that is the limit"
                  .formatted(losses.size(), samples.count(), limit.toSeconds())));
    }
  }

  private void tell(int from, long tokens, long running) {
    double seconds = Math.max(1e-9, (System.nanoTime() - running) / 1e9);
    told.accept(
        new Partial(
            digest,
            kernel,
            new ArrayList<>(losses.subList(from, losses.size())),
            tokens / seconds));
  }

  private static FaultException rejected(String reason) {
    return new FaultException(Fault.of(Verdict.REJECTED_CHECKPOINT, reason));
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}

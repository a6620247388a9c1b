package dev.assay.jobs.replay;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ContentDigest;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.score.statistics.Significance;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Computes losses of a bundle again, from checkpoints and samples, and compares. */
public final class LossReplay {
  /** How far two machines may differ, as a share of a loss. */
  public static final double TOLERANCE = Significance.DEFAULT.tolerance();

  private static final DownloadLimits LIMITS =
      new DownloadLimits(
          CheckpointLimits.defaults().bytes(),
          CheckpointLimits.defaults().bytes(),
          CheckpointLimits.defaults().files(),
          Duration.ofHours(1));

  private final CheckpointSource checkpoints;
  private final TokenizerSource tokenizers;
  private final int threads;

  /**
   * @param tokenizers by the names of the bundle's competitions
   * @param threads of one operation
   */
  public LossReplay(CheckpointSource checkpoints, TokenizerSource tokenizers, int threads) {
    this.checkpoints = checkpoints;
    this.tokenizers = tokenizers;
    this.threads = threads;
  }

  /**
   * What a replay found.
   *
   * @param computed how many losses were computed
   * @param largest difference among them, as a share of a loss
   * @param difference the first that is out of tolerance, in words; empty where none is
   */
  public record Result(int computed, double largest, Optional<String> difference) {}

  /**
   * Computes some losses, chosen at random among all that decided, model by model.
   *
   * @param count how many, or as many as there are
   * @param seed of the choice
   * @throws IllegalArgumentException if the bundle cannot be read
   * @throws HubException if a checkpoint or a tokenizer cannot be obtained
   */
  public Result run(BundleFolder bundle, int count, long seed)
      throws IOException, InterruptedException {
    RecordedLosses.Choice choice = RecordedLosses.of(bundle).choose(count, seed);
    if (choice.unfounded().isPresent()) {
      return new Result(0, 0, choice.unfounded());
    }
    Map<String, List<RecordedLoss>> byModel =
        choice.losses().stream()
            .collect(
                Collectors.groupingBy(
                    loss -> loss.competition() + " " + loss.row().modelDigest(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    int computed = 0;
    double largest = 0;
    for (List<RecordedLoss> losses : byModel.values()) {
      Result found = model(losses);
      computed += found.computed();
      largest = Math.max(largest, found.largest());
      if (found.difference().isPresent()) {
        return new Result(computed, largest, found.difference());
      }
    }
    return new Result(computed, largest, Optional.empty());
  }

  private Result model(List<RecordedLoss> losses) throws IOException, InterruptedException {
    RecordedLoss first = losses.get(0);
    LossRow row = first.row();
    try (Tokenizer tokenizer = tokenizers.open(first.tokenizer())) {
      if (!tokenizer.digest().equals(row.tokenizerDigest())) {
        return differs(first, "tokenizer " + tokenizer.digest(), row.tokenizerDigest());
      }
      Snapshot snapshot = fetch(first.model());
      String content = ContentDigest.of(snapshot.digests());
      if (!content.equals(row.modelDigest())) {
        return differs(first, "content " + content, row.modelDigest());
      }
      SampleEncoder encoder =
          tokenizers.encoder(tokenizer, first.tokenizer(), row.template(), row.sequenceLength());
      Checkpoint checkpoint = Checkpoint.open(snapshot.directory(), CheckpointLimits.defaults());
      try (LossModel model = load(checkpoint, row)) {
        return compare(losses, encoder, model);
      }
    } catch (RejectedCheckpointException rejected) {
      return differs(first, "a checkpoint that is refused: " + rejected.getMessage(), "losses");
    }
  }

  private Snapshot fetch(VerdictRow model) throws IOException, InterruptedException {
    String[] parts = model.repository().orElseThrow().split("/", 2);
    RepositoryId repository = new RepositoryId(parts[0], parts.length == 2 ? parts[1] : "");
    Revision revision = new Revision(model.revision().orElseThrow());
    try {
      return checkpoints.fetch(repository, revision, LIMITS);
    } catch (HubException.NotFound gone) {
      throw new IllegalArgumentException(
          "%s at %s is no longer on the hub: %s; give its files with --checkpoints"
              .formatted(repository, revision, gone.getMessage()),
          gone);
    }
  }

  private LossModel load(Checkpoint checkpoint, LossRow row) {
    return LossModel.load(
        checkpoint,
        LossOptions.cpu(Precision.named(row.dtype()), threads).ofSequences(row.sequenceLength()));
  }

  private static Result compare(List<RecordedLoss> losses, SampleEncoder encoder, LossModel model) {
    double largest = 0;
    int computed = 0;
    for (RecordedLoss loss : losses) {
      EncodedSample sample = encoder.encode(loss.sample().prompt(), loss.sample().response());
      SampleLoss again = model.loss(sample);
      computed++;
      double difference = difference(loss, again);
      if (!(difference <= TOLERANCE)) {
        String own =
            again.verdict() == SampleVerdict.OK
                ? Double.toString(again.mean())
                : again.verdict().name();
        Result found = differs(loss, own + " by " + model.kernel(), Double.toString(loss.mean()));
        return new Result(computed, largest, found.difference());
      }
      largest = Math.max(largest, difference);
    }
    return new Result(computed, largest, Optional.empty());
  }

  /** As a share of the larger loss; NaN where only one of the two is a number. */
  private static double difference(RecordedLoss recorded, SampleLoss again) {
    if (again.verdict() != SampleVerdict.OK) {
      return recorded.row().verdict().equals(again.verdict().name()) ? 0 : Double.NaN;
    }
    double larger = Math.max(Math.abs(recorded.mean()), Math.abs(again.mean()));
    return larger == 0 ? 0 : Math.abs(recorded.mean() - again.mean()) / larger;
  }

  private static Result differs(RecordedLoss loss, String own, String recorded) {
    return new Result(
        0,
        0,
        Optional.of(
            "%s (uid %d), sample %s: the bundle has %s, computed is %s"
                .formatted(
                    loss.model().repository().orElse(loss.model().hotkey()),
                    loss.model().uid(),
                    loss.sample().sampleId(),
                    recorded,
                    own)));
  }
}

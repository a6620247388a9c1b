package dev.assay.jobs.candidates;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.work.CheckpointListing;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.jobs.work.Origin;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.HubException;
import dev.assay.score.entry.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the hub lists of each candidate's checkpoint, before anything is downloaded. */
public final class HubListing {
  /** As many as a hub takes from one address without limiting its rate. */
  private static final int THREADS = 8;

  private final HubClient hub;
  private final int visibleWithinBlocks;
  private final OutageWatch outages;
  private final KnownCheckpoints known;

  /**
   * @param known revisions that need not be listed: executors look whether they are still there
   * @param visibleWithinBlocks after its commitment, by when a repository must be public
   */
  public HubListing(
      HubClient hub, KnownCheckpoints known, int visibleWithinBlocks, OutageWatch outages) {
    this.hub = hub;
    this.known = known;
    this.visibleWithinBlocks = visibleWithinBlocks;
    this.outages = outages;
  }

  /**
   * A candidate's checkpoint.
   *
   * @param listing digest of what the hub lists; empty beside a fault
   * @param bytes of all its files
   */
  public record Listed(Candidate candidate, String listing, long bytes) {
    /** Whether the hub listed it without fault. */
    public boolean isThere() {
      return !listing.isEmpty();
    }
  }

  /**
   * Lists all candidates that no fault keeps out, in their order.
   *
   * @throws NotReadyException at once, if the hub is down
   */
  public List<Listed> of(List<Candidate> candidates) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Listed>> futures = new ArrayList<>();
      for (Candidate candidate : candidates) {
        futures.add(threads.submit(() -> list(candidate)));
      }
      List<Listed> listed = new ArrayList<>();
      for (Future<Listed> future : futures) {
        listed.add(future.get());
      }
      return listed;
    } catch (ExecutionException unexpected) {
      if (unexpected.getCause() instanceof NotReadyException outage) {
        throw outage;
      }
      throw new IllegalStateException("a listing failed unexpectedly", unexpected.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Listed list(Candidate candidate) throws InterruptedException {
    if (candidate.fault().isPresent()) {
      return failed(candidate);
    }
    Optional<Listed> remembered = remembered(candidate);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    try {
      return checked(candidate, files(candidate));
    } catch (HubException refused) {
      Fault fault = Fault.of(refused);
      outages.after(fault);
      return failed(
          candidate.with(
              fault.verdict() == Verdict.NOT_FOUND ? missing(candidate, fault.reason()) : fault));
    }
  }

  /** Of a revision that was evaluated before. */
  private Optional<Listed> remembered(Candidate candidate) {
    CommittedModel model = candidate.model().orElseThrow();
    return known
        .listed(model.repository().toString(), model.revision())
        .map(
            row ->
                tooLarge(candidate, row.bytes())
                    .map(fault -> failed(candidate.with(fault)))
                    .orElseGet(() -> new Listed(candidate, row.listing(), row.bytes())));
  }

  private CheckpointListing files(Candidate candidate) throws InterruptedException {
    CommittedModel model = candidate.model().orElseThrow();
    return new CheckpointListing(hub.tree(model.repository(), new Revision(model.revision())));
  }

  /** What is wrong with a listing counts once a second one says the same. */
  private Listed checked(Candidate candidate, CheckpointListing listing)
      throws InterruptedException {
    Optional<Fault> fault = fault(candidate, listing);
    if (fault.isEmpty()) {
      return there(candidate, listing);
    }
    CheckpointListing again = files(candidate);
    if (fault(candidate, again).isEmpty()) {
      return there(candidate, again);
    }
    return failed(candidate.with(again.equals(listing) ? fault.get() : changed()));
  }

  private Optional<Fault> fault(Candidate candidate, CheckpointListing listing) {
    return listing.files().isEmpty()
        ? Optional.of(missing(candidate, "the repository holds no file of a checkpoint"))
        : tooLarge(candidate, listing.bytes());
  }

  private static Optional<Fault> tooLarge(Candidate candidate, long bytes) {
    long most = candidate.competition().orElseThrow().maxBytes();
    return bytes <= most
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Verdict.REJECTED_CHECKPOINT,
                "the checkpoint has %d bytes; at most %d".formatted(bytes, most)));
  }

  /** A miner that commits before its repository is public has some blocks to make it so. */
  private Fault missing(Candidate candidate, String reason) {
    long until = candidate.commitment().committedBlock() + visibleWithinBlocks;
    return candidate.commitment().block() >= until
        ? Fault.of(Verdict.NOT_FOUND, reason)
        : Fault.of(Verdict.PENDING, "%s; it has until block %d".formatted(reason, until));
  }

  /**
   * Looks once more at what a miner is to be blamed for.
   *
   * @return the fault that the hub now shows instead; empty if it lists the same as before
   */
  public Optional<Fault> lookAgain(Listed listed) throws InterruptedException {
    try {
      return files(listed.candidate()).digest().equals(listed.listing())
          ? Optional.empty()
          : Optional.of(changed());
    } catch (HubException refused) {
      return Optional.of(Fault.of(refused));
    }
  }

  /**
   * Tries to read what an executor was refused.
   *
   * @return the miner's fault if the driver is refused it as well; empty if it may read
   */
  public Optional<Fault> tryReading(Listed listed) throws InterruptedException {
    CommittedModel model = listed.candidate().model().orElseThrow();
    try {
      Optional<HubFile> smallest =
          files(listed.candidate()).files().stream()
              .filter(file -> file.size() > 0)
              .min(Comparator.comparingLong(HubFile::size));
      if (smallest.isPresent()) {
        hub.requireReadable(model.repository(), new Revision(model.revision()), smallest.get());
      }
      return Optional.empty();
    } catch (HubException.NotFound hidden) {
      return Optional.of(missing(listed.candidate(), hidden.getMessage()));
    } catch (HubException unanswered) {
      return Optional.empty();
    }
  }

  private static Fault changed() {
    return Fault.of(
        Verdict.UNAVAILABLE,
        Origin.REPOSITORY,
        "the hub lists one revision differently from time to time");
  }

  private static Listed failed(Candidate candidate) {
    return new Listed(candidate, "", 0);
  }

  private static Listed there(Candidate candidate, CheckpointListing listing) {
    return new Listed(candidate, listing.digest(), listing.bytes());
  }
}

package dev.assay.jobs.evaluate;

import dev.assay.jobs.NotReadyException;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubException;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Revision;
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
final class HubListing {
  /** As many as a hub takes from one address without limiting its rate. */
  private static final int THREADS = 8;

  private final HubClient hub;
  private final int visibleWithinBlocks;
  private final OurSide ourSide;

  /**
   * @param visibleWithinBlocks after its commitment, by when a repository must be public
   */
  HubListing(HubClient hub, int visibleWithinBlocks, OurSide ourSide) {
    this.hub = hub;
    this.visibleWithinBlocks = visibleWithinBlocks;
    this.ourSide = ourSide;
  }

  /**
   * A candidate's files.
   *
   * @param files names of the files that make up the checkpoint; empty beside a fault
   * @param bytes of all of them
   * @param digest of names, sizes and content ids: equal for exact copies
   */
  record Listed(Candidate candidate, List<String> files, long bytes, String digest) {}

  /**
   * Lists all candidates that no fault keeps out, in their order.
   *
   * @throws NotReadyException at once, when the hub answers nobody
   */
  List<Listed> of(List<Candidate> candidates) throws InterruptedException {
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
    try {
      return checked(candidate, files(candidate));
    } catch (HubException refused) {
      Fault fault = Fault.of(refused);
      ourSide.after(fault);
      return failed(
          candidate.with(
              fault.verdict() == Verdict.NOT_FOUND ? missing(candidate, fault.reason()) : fault));
    }
  }

  private List<HubFile> files(Candidate candidate) throws InterruptedException {
    CommittedModel model = candidate.model().orElseThrow();
    return hub.tree(model.repository(), new Revision(model.revision())).stream()
        .filter(file -> DirectoryHash.covers(file.path()))
        .sorted(Comparator.comparing(HubFile::path))
        .toList();
  }

  /** What is wrong with a listing counts once a second one says the same. */
  private Listed checked(Candidate candidate, List<HubFile> files) throws InterruptedException {
    Optional<Fault> fault = fault(candidate, files);
    if (fault.isEmpty()) {
      return listed(candidate, files);
    }
    List<HubFile> again = files(candidate);
    if (fault(candidate, again).isEmpty()) {
      return listed(candidate, again);
    }
    return failed(candidate.with(again.equals(files) ? fault.get() : changed()));
  }

  private Optional<Fault> fault(Candidate candidate, List<HubFile> files) {
    long most = candidate.competition().orElseThrow().maxBytes();
    if (files.isEmpty()) {
      return Optional.of(missing(candidate, "the repository holds no file of a checkpoint"));
    }
    return bytes(files) <= most
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Verdict.REJECTED_CHECKPOINT,
                "the checkpoint has %d bytes; at most %d".formatted(bytes(files), most)));
  }

  /** Whoever commits before his repository is public has some blocks to make it so. */
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
  Optional<Fault> lookAgain(Listed listed) throws InterruptedException {
    try {
      return digest(files(listed.candidate())).equals(listed.digest())
          ? Optional.empty()
          : Optional.of(changed());
    } catch (HubException refused) {
      return Optional.of(Fault.of(refused));
    }
  }

  private static Fault changed() {
    return Fault.of(
        Verdict.UNAVAILABLE,
        Origin.REPOSITORY,
        "the hub lists one revision differently from time to time");
  }

  private static long bytes(List<HubFile> files) {
    return files.stream().mapToLong(HubFile::size).sum();
  }

  private static Listed listed(Candidate candidate, List<HubFile> files) {
    return new Listed(
        candidate, files.stream().map(HubFile::path).toList(), bytes(files), digest(files));
  }

  /** Of names, sizes and content ids, in the files' order: equal for exact copies. */
  static String digest(List<HubFile> files) {
    StringBuilder content = new StringBuilder();
    for (HubFile file : files) {
      content
          .append(file.path())
          .append(' ')
          .append(file.size())
          .append(' ')
          .append(file.sha256().orElse(file.gitSha1()))
          .append('\n');
    }
    return TextDigest.of(content.toString());
  }

  private static Listed failed(Candidate candidate) {
    return new Listed(candidate, List.of(), 0, "");
  }
}

package dev.assay.jobs.evaluate;

import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubException;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.Revision;
import dev.assay.score.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the hub lists of each candidate's checkpoint, before anything is downloaded. */
final class HubListing {
  /** As many as a hub takes from one address without limiting its rate. */
  private static final int THREADS = 8;

  private final HubClient hub;

  HubListing(HubClient hub) {
    this.hub = hub;
  }

  /**
   * A candidate's files.
   *
   * @param files names of the files that make up the checkpoint; empty beside a fault
   * @param bytes of all of them
   * @param digest of names, sizes and content ids: equal for exact copies
   */
  record Listed(Candidate candidate, List<String> files, long bytes, String digest) {}

  /** Lists all candidates that no fault keeps out, in their order. */
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
      throw new IllegalStateException("a listing failed unexpectedly", unexpected.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Listed list(Candidate candidate) throws InterruptedException {
    if (candidate.fault().isPresent()) {
      return failed(candidate);
    }
    CommittedModel model = candidate.model().orElseThrow();
    try {
      List<HubFile> files =
          hub.tree(model.repository(), new Revision(model.revision())).stream()
              .filter(file -> DirectoryHash.covers(file.path()))
              .sorted(Comparator.comparing(HubFile::path))
              .toList();
      return listed(candidate, files);
    } catch (HubException refused) {
      return failed(candidate.with(Fault.of(refused)));
    }
  }

  private static Listed listed(Candidate candidate, List<HubFile> files) {
    long bytes = files.stream().mapToLong(HubFile::size).sum();
    long most = candidate.competition().orElseThrow().maxBytes();
    if (files.isEmpty()) {
      return failed(
          candidate.with(
              Fault.of(Verdict.NOT_FOUND, "the repository holds no file of a checkpoint")));
    }
    if (bytes > most) {
      return failed(
          candidate.with(
              Fault.of(
                  Verdict.REJECTED_CHECKPOINT,
                  "the checkpoint has %d bytes; at most %d".formatted(bytes, most))));
    }
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
    return new Listed(
        candidate,
        files.stream().map(HubFile::path).toList(),
        bytes,
        TextDigest.of(content.toString()));
  }

  private static Listed failed(Candidate candidate) {
    return new Listed(candidate, List.of(), 0, "");
  }
}

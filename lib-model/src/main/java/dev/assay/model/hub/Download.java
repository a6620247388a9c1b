package dev.assay.model.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One download of one revision into the cache. */
final class Download {

  private final HubHttp http;
  private final HubCache cache;
  private final RepositoryId repository;
  private final Revision revision;
  private final Deadline deadline;

  Download(
      HubHttp http, HubCache cache, RepositoryId repository, Revision revision, Deadline deadline) {
    this.http = http;
    this.cache = cache;
    this.repository = repository;
    this.revision = revision;
    this.deadline = deadline;
  }

  Snapshot of(List<HubFile> files) throws IOException, InterruptedException {
    Path directory = cache.snapshot(repository, revision, files);
    HubCache.RevisionLock lock = cache.lock(repository, revision, deadline);
    try {
      if (!isComplete(directory, files)) {
        for (HubFile file : files) {
          fetch(file);
        }
        cache.assemble(directory, files);
      }
    } finally {
      lock.close();
    }
    return new Snapshot(directory, files);
  }

  private static boolean isComplete(Path directory, List<HubFile> files) throws IOException {
    for (HubFile file : files) {
      Path path = directory.resolve(file.path());
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          || Files.size(path) != file.size()) {
        return false;
      }
    }
    return true;
  }

  private void fetch(HubFile file) throws IOException, InterruptedException {
    if (cache.has(file)) {
      return;
    }
    boolean resumed = receive(file);
    if (cache.has(file)) {
      return;
    }
    // What an earlier download left may have been spoilt on the disk: once more from the start.
    if (resumed) {
      receive(file);
    }
    if (!cache.has(file)) {
      throw new HubException.Mismatch(
          "the file '"
              + HubException.quoted(file.path())
              + "' of "
              + repository
              + " at "
              + revision
              + " has another digest than the hub announces: not "
              + AnnouncedDigest.name(file));
    }
  }

  /** Returns whether it went on from what was there. */
  private boolean receive(HubFile file) throws IOException, InterruptedException {
    try (PartFile part = PartFile.open(file, cache.part(repository, revision, file))) {
      boolean resumed = part.length() > 0;
      while (!part.isComplete()) {
        requestRest(file, part);
      }
      boolean verified = part.moveTo(cache.content(file));
      return resumed && !verified;
    }
  }

  private void requestRest(HubFile file, PartFile part) throws InterruptedException {
    long before = part.length();
    String path = HubPaths.resolve(repository, revision, file.path());
    http.send(
        () ->
            HubCall.get(
                http.uri(path),
                part.length() == 0 ? Map.of() : Map.of("Range", "bytes=" + part.length() + "-")),
        info -> body(info, part),
        deadline);
    if (part.length() <= before) {
      throw new HubException.Unavailable(
          "the hub ended '"
              + HubException.quoted(file.path())
              + "' at byte "
              + part.length()
              + " of "
              + file.size(),
          null);
    }
  }

  private static BodySubscriber<byte[]> body(ResponseInfo info, PartFile part) {
    String range = info.headers().firstValue("Content-Range").orElse("");
    boolean continued =
        info.statusCode() == 206 && range.startsWith("bytes " + part.length() + "-");
    if (continued || part.length() == 0) {
      return new PartBody(part);
    }
    try {
      part.restart();
    } catch (IOException e) {
      return HttpResponse.BodySubscribers.replacing(new byte[0]);
    }
    return new PartBody(part);
  }
}

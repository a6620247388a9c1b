package dev.assay.model.hub;

import dev.assay.model.hub.http.CacheException;
import dev.assay.model.hub.http.Deadline;
import dev.assay.model.hub.http.HubCall;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.hub.http.HubHttp;
import dev.assay.model.hub.http.SeveralAtOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One download of one revision into the cache. */
final class Download {

  /** Times that a file which broke off is pieced together wrong before it is given up. */
  private static final int MOST_PIECED = 3;

  /**
   * Times that contents are removed between their arrival and their use before that is an error.
   */
  private static final int MOST_ASSEMBLED = 3;

  /** Files that arrive at the same time. */
  private static final int AT_ONCE = 4;

  private final HubHttp http;
  private final HubCache cache;
  private final HuggingFaceCache earlier;
  private final RepositoryId repository;
  private final Revision revision;
  private final Deadline deadline;

  Download(
      HubHttp http,
      HubCache cache,
      HuggingFaceCache earlier,
      RepositoryId repository,
      Revision revision,
      Deadline deadline) {
    this.http = http;
    this.cache = cache;
    this.earlier = earlier;
    this.repository = repository;
    this.revision = revision;
    this.deadline = deadline;
  }

  Snapshot of(List<HubFile> files) throws IOException, InterruptedException {
    Path directory = cache.snapshot(repository, revision, files);
    HubCache.RevisionLock lock = cache.lock(repository, revision, deadline);
    try {
      for (int attempt = 1; !isComplete(directory, files); attempt++) {
        fetchAll(files);
        assemble(directory, files, attempt);
      }
    } finally {
      lock.close();
    }
    return new Snapshot(directory, files);
  }

  /** A content that had come for another revision may be removed with that one. */
  private void assemble(Path directory, List<HubFile> files, int attempt) throws IOException {
    try {
      cache.assemble(directory, files);
    } catch (NoSuchFileException removed) {
      if (attempt == MOST_ASSEMBLED) {
        throw removed;
      }
    }
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

  private void fetchAll(List<HubFile> files) throws IOException, InterruptedException {
    // Two names of one content arrive in one part.
    Map<String, HubFile> contents = new LinkedHashMap<>();
    files.forEach(file -> contents.putIfAbsent(AnnouncedDigest.name(file), file));
    SeveralAtOnce.run(
        AT_ONCE,
        contents.values().stream().map(file -> (SeveralAtOnce.Arrival) () -> fetch(file)).toList());
  }

  private void fetch(HubFile file) throws IOException, InterruptedException {
    if (!cache.has(file)) {
      adopt(file);
    }
    for (int attempt = 1; !cache.has(file); attempt++) {
      if (attempt > MOST_PIECED) {
        throw new HubException.Broken(
            name(file) + " breaks off each time and has another digest once it is pieced together");
      }
      receive(file);
    }
  }

  /** What is not what the hub announces is left where it is, and fetched. */
  private void adopt(HubFile file) throws IOException {
    Optional<Path> blob = earlier.blob(repository, file);
    if (blob.isPresent()) {
      Path part = cache.part(repository, revision, file);
      HuggingFaceCache.copy(blob.get(), file, part, cache.content(file), deadline);
    }
  }

  /**
   * Brings a file, or finds that what came whole is another. What came in pieces, some of them
   * perhaps long ago, proves nothing; it is dropped.
   */
  private void receive(HubFile file) throws IOException, InterruptedException {
    Path path = cache.part(repository, revision, file);
    try (PartFile part = PartFile.open(file, path)) {
      while (!part.isComplete()) {
        requestRest(file, part);
      }
      Optional<String> other = part.moveTo(cache.content(file));
      if (other.isPresent() && part.isOfOneStream()) {
        throw new HubException.Mismatch(
            "the hub announces %s with the digest %s and delivers %s"
                .formatted(name(file), AnnouncedDigest.name(file), other.get()));
      }
    } catch (HubException.Mismatch | HubException.Broken | CacheException useless) {
      Files.deleteIfExists(path);
      throw useless;
    }
  }

  private String name(HubFile file) {
    return "the file '%s' of %s at %s"
        .formatted(HubException.quoted(file.path()), repository, revision);
  }

  private void requestRest(HubFile file, PartFile part) throws IOException, InterruptedException {
    long before = part.length();
    String path = HubPaths.resolve(repository, revision, file.path());
    try {
      http.send(
          () ->
              HubCall.get(
                  http.uri(path),
                  part.length() == 0 ? Map.of() : Map.of("Range", "bytes=" + part.length() + "-")),
          info -> body(info, part),
          deadline);
    } catch (UncheckedIOException ours) {
      throw ours.getCause();
    }
    if (part.length() <= before) {
      throw new HubException.Broken(
          "the hub ended %s at byte %d of %d".formatted(name(file), part.length(), file.size()));
    }
  }

  private static BodySubscriber<byte[]> body(ResponseInfo info, PartFile part) {
    String range = info.headers().firstValue("Content-Range").orElse("");
    boolean continued =
        info.statusCode() == 206 && range.startsWith("bytes " + part.length() + "-");
    try {
      part.begin(continued);
    } catch (IOException e) {
      throw new UncheckedIOException(new CacheException(e));
    }
    return new PartBody(part);
  }
}

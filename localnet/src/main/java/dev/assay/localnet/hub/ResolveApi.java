package dev.assay.localnet.hub;

import dev.assay.localnet.http.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Hands out files, whole or in part. */
final class ResolveApi {

  private final Repositories repositories;
  private final ContentStore contents;
  private final LongAdder bytesSent = new LongAdder();

  ResolveApi(Repositories repositories, ContentStore contents) {
    this.repositories = repositories;
    this.contents = contents;
  }

  void resolve(HubRequest request, RepositoryName name, String revision, String path)
      throws IOException {
    Commit commit = repositories.at(name, revision);
    ModelApi.commitHeader(request.exchange(), commit);
    StoredFile file = commit.files().get(path);
    if (file == null) {
      throw HubFailure.entryNotFound(name, path);
    }
    describe(request.exchange(), file);
    if (isKnown(request, file)) {
      HubResponse.empty(request.exchange(), 304);
      return;
    }
    send(request.exchange(), file, ByteRange.of(request.header("Range"), file.size()));
  }

  private static void describe(HttpExchange exchange, StoredFile file) {
    exchange.set("ETag", etag(file));
    exchange.set("Accept-Ranges", "bytes");
    exchange.set("Content-Type", "application/octet-stream");
    // Files are a pusher's own: a browser must save them and never show them as this hub's pages.
    exchange.set("Content-Disposition", "attachment");
    exchange.set("X-Content-Type-Options", "nosniff");
    if (file.lfs()) {
      exchange.set("X-Linked-Etag", etag(file));
      exchange.set("X-Linked-Size", Long.toString(file.size()));
    }
  }

  private static String etag(StoredFile file) {
    return "\"" + (file.lfs() ? file.sha256() : file.blobId()) + "\"";
  }

  private static boolean isKnown(HubRequest request, StoredFile file) {
    return request.header("If-None-Match").filter(etag(file)::equals).isPresent();
  }

  /** Of files, answers to HEAD and files that a client had already apart. */
  long bytesSent() {
    return bytesSent.sum();
  }

  private void send(HttpExchange exchange, StoredFile file, Optional<ByteRange> range) {
    Path content = contents.path(file.sha256());
    if (!exchange.method().equals("HEAD")) {
      bytesSent.add(range.map(ByteRange::length).orElse(file.size()));
    }
    if (range.isEmpty()) {
      exchange.answer(200, content, 0, file.size());
      return;
    }
    ByteRange part = range.get();
    exchange.set("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + file.size());
    exchange.answer(206, content, part.first(), part.length());
  }
}

package dev.assay.localnet.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.Optional;

/** Hands out files, whole or in part. */
final class ResolveApi {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Repositories repositories;
  private final ContentStore contents;

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
    describe(request.exchange().getResponseHeaders(), file);
    if (isKnown(request, file)) {
      HubResponse.empty(request.exchange(), 304);
      return;
    }
    Optional<ByteRange> range = ByteRange.of(request.header("Range"), file.size());
    range.ifPresent(
        part ->
            request
                .exchange()
                .getResponseHeaders()
                .set(
                    "Content-Range",
                    "bytes " + part.first() + "-" + part.last() + "/" + file.size()));
    send(request.exchange(), file, range);
  }

  private static void describe(Headers headers, StoredFile file) {
    headers.set("ETag", etag(file));
    headers.set("Accept-Ranges", "bytes");
    headers.set("Content-Type", "application/octet-stream");
    // Files are a pusher's own: a browser must save them and never show them as this hub's pages.
    headers.set("Content-Disposition", "attachment");
    headers.set("X-Content-Type-Options", "nosniff");
    if (file.lfs()) {
      headers.set("X-Linked-Etag", etag(file));
      headers.set("X-Linked-Size", Long.toString(file.size()));
    }
  }

  private static String etag(StoredFile file) {
    return "\"" + (file.lfs() ? file.sha256() : file.blobId()) + "\"";
  }

  private static boolean isKnown(HubRequest request, StoredFile file) {
    return request.header("If-None-Match").filter(etag(file)::equals).isPresent();
  }

  private void send(HttpExchange exchange, StoredFile file, Optional<ByteRange> range)
      throws IOException {
    int status = range.isPresent() ? 206 : 200;
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(file.size());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    copy(file, first, length, exchange.getResponseBody());
  }

  private void copy(StoredFile file, long first, long length, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (SeekableByteChannel in = Files.newByteChannel(contents.path(file.sha256()))) {
      in.position(first);
      long left = length;
      while (left > 0) {
        buffer.clear().limit((int) Math.min(left, buffer.capacity()));
        int read = in.read(buffer);
        if (read < 0) {
          throw new IOException("the content " + file.sha256() + " is shorter than recorded");
        }
        out.write(buffer.array(), 0, read);
        left -= read;
      }
    }
  }
}

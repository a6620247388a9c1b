package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the body of a commit: one JSON object a line, {@code {"key": …, "value": …}}, the header
 * first. Contents sent inside go to the store as they are read, so memory holds one at a time.
 */
final class CommitReader {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_CHANGES = 1000;
  // Base64 of the largest regular file, and room for the path beside it.
  private static final int MAX_LINE_BYTES = (int) (LargeFiles.MAX_REGULAR_BYTES / 3 * 4) + 16384;

  private final ContentStore contents;
  private final List<CommitRequest.Change> changes = new ArrayList<>();
  private String message = "";
  private Optional<String> parent = Optional.empty();

  CommitReader(ContentStore contents) {
    this.contents = contents;
  }

  /** The revision that the client expects the branch to be at, if it said so. */
  Optional<String> expectedParent() {
    return parent;
  }

  CommitRequest read(InputStream body) throws IOException {
    try (InputStream lines = new BufferedInputStream(body)) {
      for (byte[] line = line(lines); line != null; line = line(lines)) {
        if (line.length > 0) {
          accept(HubRequest.parsed(line));
        }
      }
    }
    if (message.isEmpty()) {
      throw HubFailure.badRequest("the commit has no header with a summary");
    }
    if (changes.isEmpty()) {
      throw HubFailure.badRequest("the commit changes nothing");
    }
    return new CommitRequest(message, List.copyOf(changes));
  }

  private void accept(JsonNode line) throws IOException {
    JsonNode value = line.path("value");
    switch (HubRequest.text(line, "key")) {
      case "header" -> header(value);
      case "file" -> add(regularFile(value));
      case "lfsFile" -> add(largeFile(value));
      case "deletedFile" -> add(new CommitRequest.DeleteFile(path(value)));
      case "deletedFolder" -> add(new CommitRequest.DeleteFolder(path(value)));
      default -> throw HubFailure.badRequest("a line of the commit has an unknown key");
    }
  }

  private void header(JsonNode value) {
    String description = value.path("description").asText("");
    String summary = HubRequest.text(value, "summary");
    message = description.isEmpty() ? summary : summary + "\n\n" + description;
    parent = Optional.ofNullable(value.path("parentCommit").textValue());
  }

  private void add(CommitRequest.Change change) {
    if (changes.size() == MAX_CHANGES) {
      throw HubFailure.badRequest("a commit takes at most " + MAX_CHANGES + " changes");
    }
    changes.add(change);
  }

  private CommitRequest.Put regularFile(JsonNode value) throws IOException {
    String path = path(value);
    if (!HubRequest.text(value, "encoding").equals("base64")) {
      throw HubFailure.badRequest("'" + path + "' is not encoded as base64");
    }
    byte[] content = decoded(path, HubRequest.text(value, "content"));
    if (content.length > LargeFiles.MAX_REGULAR_BYTES) {
      throw HubFailure.tooLarge(
          "'" + path + "', sent inside a commit,", content.length, LargeFiles.MAX_REGULAR_BYTES);
    }
    return new CommitRequest.Put(path, regular(contents, content));
  }

  /** Stores a content that git keeps as it is. */
  static StoredFile regular(ContentStore contents, byte[] content) throws IOException {
    String sha256 = contents.put(new ByteArrayInputStream(content));
    String blobId = HexFormat.of().formatHex(GitObjects.blobDigest(content.length).digest(content));
    return new StoredFile(sha256, content.length, blobId, false);
  }

  private CommitRequest.Put largeFile(JsonNode value) {
    String path = path(value);
    String sha256 = HubRequest.text(value, "oid");
    long size = HubRequest.size(value, "size");
    if (!HubRequest.text(value, "algo").equals("sha256") || !SHA256.matcher(sha256).matches()) {
      throw HubFailure.badRequest("'" + path + "' is not named by its SHA-256");
    }
    if (!contents.has(sha256, size)) {
      throw HubFailure.badRequest(
          "'" + path + "' names a content that was not uploaded: sha256 " + sha256);
    }
    String blobId = GitObjects.lfsBlobId(sha256, size);
    return new CommitRequest.Put(path, new StoredFile(sha256, size, blobId, true));
  }

  private static String path(JsonNode value) {
    return FilePath.checked(HubRequest.text(value, "path"));
  }

  private static byte[] decoded(String path, String content) {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw HubFailure.badRequest("'" + path + "' is not base64: " + e.getMessage());
    }
  }

  /** The next line without its end, or null after the last. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() == MAX_LINE_BYTES) {
        throw HubFailure.tooLarge("a line of the commit", line.size(), MAX_LINE_BYTES);
      }
      line.write(next);
      next = in.read();
    }
    return line.toByteArray();
  }
}

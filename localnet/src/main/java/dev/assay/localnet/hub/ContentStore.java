package dev.assay.localnet.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** File contents on disk by their SHA-256. A content appears whole, by an atomic rename. */
final class ContentStore {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path contents;
  private final Path arriving;
  private final long maxFileBytes;

  /** Opens the store and removes what a killed process left half written. */
  ContentStore(Path directory, long maxFileBytes) throws IOException {
    this.contents = Files.createDirectories(directory.resolve("contents"));
    this.arriving = Files.createDirectories(directory.resolve("arriving"));
    this.maxFileBytes = maxFileBytes;
    try (DirectoryStream<Path> leftOvers = Files.newDirectoryStream(arriving)) {
      for (Path leftOver : leftOvers) {
        Files.delete(leftOver);
      }
    }
  }

  boolean has(String sha256, long size) {
    Path path = path(sha256);
    try {
      return Files.exists(path) && Files.size(path) == size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String sha256) {
    return contents.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /** Stores a stream and returns the SHA-256 of what it held. */
  String put(InputStream content) throws IOException {
    return receive(content, null, maxFileBytes);
  }

  /** Stores a stream that must hold exactly what was announced. */
  void put(InputStream content, String sha256, long size) throws IOException {
    receive(content, sha256, size);
  }

  private String receive(InputStream content, String expected, long limit) throws IOException {
    Path temporary = Files.createTempFile(arriving, "", ".part");
    try {
      String sha256 = copy(content, temporary, limit);
      if (expected != null && !sha256.equals(expected)) {
        throw HubFailure.badRequest(
            "the content's SHA-256 is " + sha256 + ", announced was " + expected);
      }
      Path target = path(sha256);
      Files.createDirectories(target.getParent());
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return sha256;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String copy(InputStream content, Path target, long limit) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        total += read;
        if (total > limit) {
          throw HubFailure.tooLarge("a file", total, limit);
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

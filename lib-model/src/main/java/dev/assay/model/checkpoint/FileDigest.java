package dev.assay.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A file's name, size in bytes, and SHA-256 in lower-case hexadecimal. Whoever writes a file can
 * compute this on the way ({@link #newSha256}), so that no file is read twice.
 */
public record FileDigest(String name, long size, String sha256) {
  private static final int BLOCK = 1 << 20;

  public FileDigest {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "the digest of " + name + " is not 64 lower-case hexadecimal digits");
    }
  }

  /** A fresh SHA-256, for streams. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Reads the file; {@code name} is what it is called in the checkpoint. */
  public static FileDigest of(String name, Path file) throws IOException {
    MessageDigest digest = newSha256();
    long size = 0;
    byte[] block = new byte[BLOCK];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
        digest.update(block, 0, read);
        size += read;
      }
    }
    return new FileDigest(name, size, HexFormat.of().formatHex(digest.digest()));
  }

  /** Reads the named files of a directory. */
  public static List<FileDigest> ofFiles(Path directory, Collection<String> names)
      throws IOException {
    List<FileDigest> digests = new ArrayList<>();
    for (String name : names) {
      digests.add(of(name, directory.resolve(name)));
    }
    return digests;
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(sha256);
  }
}

package dev.assay.model.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest by which Assay knows a checkpoint: over names, sizes and bytes, so that a renamed or
 * moved file is another checkpoint (the original's hash ignores names).
 */
public final class ContentDigest {
  private static final byte[] DOMAIN = "assay checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);

  private ContentDigest() {}

  /**
   * SHA-256, in lower-case hexadecimal, of the domain, the number of files as 8 bytes, and for each
   * file, sorted by name: length of the name in UTF-8 as 8 bytes, name, size as 8 bytes, SHA-256 of
   * the bytes. Numbers are big-endian.
   *
   * @throws IllegalArgumentException if there is no file, or two have one name
   */
  public static String of(Collection<FileDigest> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a checkpoint without files has no digest");
    }
    List<FileDigest> sorted =
        files.stream().sorted(Comparator.comparing(FileDigest::name)).toList();
    MessageDigest digest = FileDigest.newSha256();
    digest.update(DOMAIN);
    digest.update(number(sorted.size()));
    String previous = null;
    for (FileDigest file : sorted) {
      if (file.name().equals(previous)) {
        throw new IllegalArgumentException("two files are named " + file.name());
      }
      previous = file.name();
      byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
      digest.update(number(name.length));
      digest.update(name);
      digest.update(number(file.size()));
      digest.update(file.bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}

package dev.assay.model.hub;

import dev.assay.model.checkpoint.FileDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which the hub announces a file: SHA-256 under git-LFS, else git's blob id. */
final class AnnouncedDigest {

  private final MessageDigest digest;
  private final String expected;

  private AnnouncedDigest(MessageDigest digest, String expected) {
    this.digest = digest;
    this.expected = expected;
  }

  static AnnouncedDigest of(HubFile file) {
    if (file.sha256().isPresent()) {
      return new AnnouncedDigest(FileDigest.newSha256(), file.sha256().get());
    }
    MessageDigest sha1 = newSha1();
    sha1.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
    return new AnnouncedDigest(sha1, file.gitSha1());
  }

  /** Whether a local file is the announced one; reads all of it. */
  static boolean isOf(HubFile file, Path path) throws IOException {
    AnnouncedDigest digest = of(file);
    try (FileChannel channel = FileChannel.open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return digest.isExpected(digest.delivered());
  }

  /** Algorithm and expected value: the name of the content in the cache. */
  static String name(HubFile file) {
    return file.sha256().map(value -> "sha256-" + value).orElse("git-" + file.gitSha1());
  }

  private static MessageDigest newSha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }

  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** The digest of all bytes together, in hexadecimal; ends it. */
  String delivered() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether a digest is the announced one. */
  boolean isExpected(String delivered) {
    return delivered.equals(expected);
  }
}

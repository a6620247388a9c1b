package dev.assay.localnet.hub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Git's object ids (SHA-1 over a typed, sized header and the object), so that the ids which the hub
 * gives out are those that git itself gives the same content.
 */
final class GitObjects {

  private GitObjects() {}

  /** A digest that has read a blob's header; fed with the content it yields the blob's id. */
  static MessageDigest blobDigest(long size) {
    MessageDigest digest = sha1();
    digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    return digest;
  }

  /** The pointer that git keeps in place of a large file. */
  static byte[] lfsPointer(String sha256, long size) {
    return ("version https://git-lfs.github.com/spec/v1\noid sha256:"
            + sha256
            + "\nsize "
            + size
            + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The blob id of a large file, which is that of its pointer. */
  static String lfsBlobId(String sha256, long size) {
    byte[] pointer = lfsPointer(sha256, size);
    return HexFormat.of().formatHex(blobDigest(pointer.length).digest(pointer));
  }

  /** Every folder's tree id by its path; the root's path is the empty string. */
  static SortedMap<String, String> treeIds(SortedMap<String, StoredFile> files) {
    SortedMap<String, String> ids = new TreeMap<>();
    treeId("", files, ids);
    return ids;
  }

  private static String treeId(
      String folder, Map<String, StoredFile> files, SortedMap<String, String> ids) {
    Map<String, StoredFile> own = new TreeMap<>();
    Map<String, Map<String, StoredFile>> folders = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          int slash = path.indexOf('/');
          if (slash < 0) {
            own.put(path, file);
          } else {
            folders
                .computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                .put(path.substring(slash + 1), file);
          }
        });
    // Git orders a folder as if its name ended with a slash, and compares bytes.
    Map<byte[], byte[]> entries = new TreeMap<>((Comparator<byte[]>) GitObjects::compareUnsigned);
    own.forEach((name, file) -> entries.put(utf8(name), entry("100644", name, file.blobId())));
    folders.forEach(
        (name, inside) -> {
          String path = folder.isEmpty() ? name : folder + "/" + name;
          entries.put(utf8(name + "/"), entry("40000", name, treeId(path, inside, ids)));
        });
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    entries.values().forEach(tree::writeBytes);
    String id = objectId("tree", tree.toByteArray());
    ids.put(folder, id);
    return id;
  }

  /** The id of a commit made by the namespace itself at a time in seconds since 1970. */
  static String commitId(
      String treeId, String parent, String namespace, long epochSecond, String message) {
    String who = namespace + " <" + namespace + "@localnet> " + epochSecond + " +0000";
    String parentLine = parent.isEmpty() ? "" : "parent " + parent + "\n";
    String commit =
        "tree "
            + treeId
            + "\n"
            + parentLine
            + "author "
            + who
            + "\ncommitter "
            + who
            + "\n\n"
            + message
            + "\n";
    return objectId("commit", utf8(commit));
  }

  private static byte[] entry(String mode, String name, String id) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(utf8(mode + " " + name + "\0"));
    entry.writeBytes(HexFormat.of().parseHex(id));
    return entry.toByteArray();
  }

  private static String objectId(String type, byte[] content) {
    MessageDigest digest = sha1();
    digest.update((type + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest(content));
  }

  private static int compareUnsigned(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}

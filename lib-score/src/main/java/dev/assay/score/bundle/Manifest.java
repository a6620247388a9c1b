package dev.assay.score.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a bundle holds and how it came to be. Its bytes are what the hotkey signs; its Merkle root
 * stands for all files.
 *
 * @param facts by name: block, seed, policy, versions, extrinsic hash, whatever the writer knows
 * @param files by name: every file of the bundle but the manifest and its signature
 */
public record Manifest(SortedMap<String, String> facts, SortedMap<String, FileDigest> files) {
  private static final String HEADER = "assay-bundle";
  private static final long VERSION = 1;

  /**
   * Names that are safe on every file system and cannot leave the folder: no separator, no leading
   * dot.
   */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  /**
   * A file's content.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param bytes its length
   */
  public record FileDigest(String sha256, long bytes) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public FileDigest {
      if (!SHA_256.matcher(sha256).matches()) {
        throw new IllegalArgumentException(
            "sha256: is \"" + sha256 + "\", must be 64 lower-case hexadecimal digits");
      }
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes: is " + bytes + ", must be at least 0");
      }
    }

    /** The digest of a content. */
    public static FileDigest of(byte[] content) {
      return new FileDigest(HexFormat.of().formatHex(Digests.sha256(content)), content.length);
    }
  }

  public Manifest {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    for (String name : files.keySet()) {
      if (!FILE_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "file: is \""
                + name
                + "\", must be 1 to 100 letters, digits, dots, hyphens or underscores, the first no"
                + " dot");
      }
    }
  }

  /** A manifest of contents that are at hand. */
  public static Manifest of(Map<String, String> facts, Map<String, byte[]> contents) {
    SortedMap<String, FileDigest> files = new TreeMap<>();
    contents.forEach((name, content) -> files.put(name, FileDigest.of(content)));
    return new Manifest(new TreeMap<>(facts), files);
  }

  /**
   * The root of the {@link MerkleTree} over the files by name, as 64 hexadecimal digits. A file's
   * leaf is its name, a byte 0 and its SHA-256.
   */
  public String merkleRoot() {
    return HexFormat.of().formatHex(MerkleTree.root(leaves()));
  }

  /** The leaves of the tree, in the order of the files' names. */
  public List<byte[]> leaves() {
    List<byte[]> leaves = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
          byte[] leaf = Arrays.copyOf(nameBytes, nameBytes.length + Digests.BYTES);
          byte[] digest = HexFormat.of().parseHex(file.sha256());
          System.arraycopy(digest, 0, leaf, nameBytes.length, Digests.BYTES);
          leaves.add(leaf);
        });
    return leaves;
  }

  /** The manifest as bytes; equal manifests give equal bytes. */
  public byte[] toBytes() {
    Lines lines = new Lines().add(HEADER, VERSION);
    facts.forEach((name, value) -> lines.add("fact", name, value));
    files.forEach((name, file) -> lines.add("file", name, file.bytes(), file.sha256()));
    lines.add("root", merkleRoot());
    return lines.toBytes();
  }

  /**
   * The manifest that was written.
   *
   * @throws IllegalArgumentException if the bytes are no manifest, a name occurs twice or the root
   *     is not that of the files
   */
  public static Manifest read(byte[] bytes) {
    LineReader in = new LineReader(bytes);
    Versions.check(in, HEADER, VERSION);
    SortedMap<String, String> facts = new TreeMap<>();
    while (in.isNext("fact")) {
      putOnce(facts, in.expect("fact").text(), in.text());
      in.endLine();
    }
    SortedMap<String, FileDigest> files = new TreeMap<>();
    while (in.isNext("file")) {
      String name = in.expect("file").text();
      long length = in.integer();
      putOnce(files, name, new FileDigest(in.text(), length));
      in.endLine();
    }
    Manifest manifest = new Manifest(facts, files);
    String root = in.expect("root").text();
    in.endLine();
    in.end();
    if (!root.equals(manifest.merkleRoot())) {
      throw new IllegalArgumentException(
          "root: is " + root + ", but that of the files is " + manifest.merkleRoot());
    }
    return manifest;
  }

  private static <T> void putOnce(Map<String, T> map, String name, T value) {
    if (map.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("manifest: " + name + " is there twice");
    }
  }
}

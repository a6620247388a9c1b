package dev.assay.model.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The hash that a commitment carries, as the original computes it (NousResearch/finetuning-subnet,
 * model/storage/disk/utils.py): SHA-256 over the base64 text of each file's SHA-256, in sorted
 * order, in base64. It ignores names; {@link ContentDigest} does not.
 */
public final class DirectoryHash {
  /** The hash of no file at all, which fits any commitment to it: refused everywhere. */
  public static final String OF_NOTHING = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  /**
   * What transformers downloads for a model and its tokenizer, beside the weights; other files of
   * the repository never reach the directory that the original hashes.
   */
  private static final Set<String> DOWNLOADED =
      Set.of(
          CheckpointFiles.CONFIG,
          CheckpointFiles.INDEX,
          CheckpointFiles.TOKENIZER,
          "generation_config.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model");

  private DirectoryHash() {}

  /** Whether the original's download of a repository has this file. */
  public static boolean covers(String name) {
    return CheckpointFiles.isWeights(name) || DOWNLOADED.contains(name);
  }

  /**
   * The hash of a flat directory's covered files.
   *
   * @throws IllegalArgumentException if none is covered: the hash of nothing is not a hash of a
   *     checkpoint
   */
  public static String of(Collection<FileDigest> files) {
    List<FileDigest> covered =
        files.stream()
            .filter(file -> covers(file.name()))
            .sorted(Comparator.comparing(FileDigest::name))
            .toList();
    if (covered.isEmpty()) {
      throw new IllegalArgumentException("a directory without files of a checkpoint has no hash");
    }
    MessageDigest digest = FileDigest.newSha256();
    for (FileDigest file : covered) {
      digest.update(
          Base64.getEncoder().encodeToString(file.bytes()).getBytes(StandardCharsets.US_ASCII));
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /**
   * The directory hash bound to a hotkey (SS58 text), which keeps a copier from committing it in
   * the same block.
   */
  public static String withHotkey(String directoryHash, String hotkey) {
    MessageDigest digest = FileDigest.newSha256();
    digest.update((directoryHash + hotkey).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /**
   * Whether a commitment's hash is the directory's, with or without the hotkey; the hash of nothing
   * never is.
   */
  public static boolean matches(String committed, String directoryHash, String hotkey) {
    if (committed.equals(OF_NOTHING) || directoryHash.equals(OF_NOTHING)) {
      return false;
    }
    return committed.equals(directoryHash) || committed.equals(withHotkey(directoryHash, hotkey));
  }
}

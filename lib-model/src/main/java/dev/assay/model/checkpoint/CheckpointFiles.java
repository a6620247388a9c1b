package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files a checkpoint may have: names, kinds and sizes, decided before one of them is opened.
 */
public final class CheckpointFiles {
  public static final String CONFIG = "config.json";
  public static final String WEIGHTS = "model.safetensors";
  public static final String INDEX = "model.safetensors.index.json";
  public static final String TOKENIZER = "tokenizer.json";

  private static final Pattern SHARD = Pattern.compile("model-[0-9]{5}-of-[0-9]{5}\\.safetensors");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Set<String> OTHERS =
      Set.of(
          TOKENIZER,
          "generation_config.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model",
          "chat_template.jinja",
          "README.md",
          "LICENSE",
          "LICENSE.txt",
          ".gitattributes");

  /**
   * What trainers, tools and hubs leave in a folder: never downloaded, never read, no part of the
   * checkpoint.
   */
  private static final Pattern LEFT_BEHIND =
      Pattern.compile(
          "optimizer\\.(pt|bin)|(scheduler|scaler|sampler)\\.(pt|bin)|training_args\\.bin"
              + "|rng_state(_[0-9]+)?\\.pth|random_states_[0-9]+\\.pkl|(trainer_state|trainer_log"
              + "|train_results|eval_results|all_results|configuration|chat_template"
              + "|preprocessor_config|processor_config)\\.jsonl?|zero_to_fp32\\.py|latest|runs|wandb"
              + "|logs|checkpoint-[0-9]+|global_step[0-9]+|events\\.out\\.tfevents\\..*"
              + "|\\.(cache|git|gitignore|huggingface|locks|DS_Store|msc|mdl|mv)"
              + "|(USE_POLICY|NOTICE|LICENSE|CHANGELOG|CONTRIBUTING)(\\.md|\\.txt)?");

  /** Where a Hugging Face cache keeps the file that a snapshot's link names. */
  private static final Pattern BLOB = Pattern.compile("\\.\\./\\.\\./blobs/[0-9a-f]{40,64}");

  private CheckpointFiles() {}

  /**
   * Whether a checkpoint may have a file of this name, relative to its root. Nothing else is
   * downloaded: no pickle, no code, no folder. What is on the list and neither weights, index nor
   * config.json is stored and never interpreted, except that tokenizer.json may become a tokenizer.
   */
  public static boolean allowed(String name) {
    return isWeights(name) || name.equals(CONFIG) || name.equals(INDEX) || OTHERS.contains(name);
  }

  /** Whether the name is that of the one weights file, or of a shard. */
  public static boolean isWeights(String name) {
    return name.equals(WEIGHTS) || isShard(name);
  }

  static boolean isShard(String name) {
    return SHARD.matcher(name).matches();
  }

  /** Largest size of a file of this name, in bytes. */
  public static long largest(String name, CheckpointLimits limits) {
    if (isWeights(name)) {
      return limits.bytes();
    }
    return name.equals(CONFIG) || name.equals(INDEX) ? limits.jsonBytes() : limits.tokenizerBytes();
  }

  /**
   * The directory's files by name, with their sizes; refuses anything a checkpoint may not have.
   */
  static SortedMap<String, Long> list(Path directory, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    Set<String> folded = new java.util.HashSet<>();
    long total = 0;
    List<String> refused = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        String name = String.valueOf(path.getFileName());
        requirePlain(name);
        if (LEFT_BEHIND.matcher(name).matches() && !OTHERS.contains(name)) {
          continue;
        }
        if (!allowed(name) && refused.size() < limits.files()) {
          refused.add(name);
          continue;
        }
        if (!folded.add(name.toLowerCase(Locale.ROOT))) {
          throw RejectedCheckpointException.because(
              Rejection.NAME_COLLISION, "two files are both named %s but for case", quoted(name));
        }
        if (files.size() == limits.files()) {
          throw RejectedCheckpointException.because(
              Rejection.TOO_MANY_FILES, "the checkpoint has more than %d files", limits.files());
        }
        long size = size(path, name, limits);
        total += size;
        if (total > limits.bytes()) {
          throw RejectedCheckpointException.because(
              Rejection.CHECKPOINT_TOO_LARGE,
              "the checkpoint has more than %d bytes",
              limits.bytes());
        }
        files.put(name, size);
      }
    }
    if (!refused.isEmpty()) {
      throw ForeignFiles.refused(refused.stream().sorted().toList());
    }
    return files;
  }

  /** Refuses a name that is not plain or not on the list. */
  public static void requireAllowed(String name) throws RejectedCheckpointException {
    requirePlain(name);
    if (!allowed(name)) {
      throw ForeignFiles.refused(List.of(name));
    }
  }

  private static void requirePlain(String name) throws RejectedCheckpointException {
    if (!PLAIN.matcher(name).matches()) {
      throw RejectedCheckpointException.because(
          Rejection.NAME_NOT_ALLOWED,
          "the file name %s is not plain; use letters, digits, dot, hyphen and underscore, at most"
              + " 100",
          quoted(name));
    }
  }

  private static long size(Path path, String name, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    BasicFileAttributes attributes = attributes(path);
    if (!attributes.isRegularFile()) {
      throw RejectedCheckpointException.because(
          Rejection.NOT_A_REGULAR_FILE,
          "%s is %s; a checkpoint has regular files only",
          quoted(name),
          attributes.isSymbolicLink() ? "a symbolic link" : "not a file");
    }
    long largest = largest(name, limits);
    if (attributes.size() > largest) {
      throw RejectedCheckpointException.because(
          Rejection.FILE_TOO_LARGE,
          "%s has %d bytes; the limit is %d",
          quoted(name),
          attributes.size(),
          largest);
    }
    return attributes.size();
  }

  /** Of the file itself, or of the one that a snapshot in a Hugging Face cache links to. */
  private static BasicFileAttributes attributes(Path path) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isSymbolicLink()
        || !BLOB.matcher(Files.readSymbolicLink(path).toString()).matches()) {
      return attributes;
    }
    Path blob = path.resolveSibling(Files.readSymbolicLink(path));
    return Files.exists(blob, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAttributes(blob, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : attributes;
  }
}

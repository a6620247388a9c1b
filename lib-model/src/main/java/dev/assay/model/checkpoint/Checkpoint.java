package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint that has passed the gate by its names and headers: its files are on the list, its
 * configuration is known, and its tensors are exactly those the configuration asks for. No weight
 * has been read, but for a head that is stored although it is tied; {@link #inspect} does that.
 *
 * <p>The directory must not change while the checkpoint is in use.
 */
public final class Checkpoint {
  private final Path directory;
  private final SortedMap<String, Long> files;
  private final ModelConfig config;
  private final List<Path> shards;
  private final Map<String, TensorEntry> tensors;

  private Checkpoint(
      Path directory,
      SortedMap<String, Long> files,
      ModelConfig config,
      List<Path> shards,
      Map<String, TensorEntry> tensors) {
    this.directory = directory;
    this.files = files;
    this.config = config;
    this.shards = List.copyOf(shards);
    this.tensors = tensors;
  }

  /**
   * Checks a directory, or the one behind a link, and describes what it holds.
   *
   * @throws RejectedCheckpointException if its author is to blame
   * @throws IOException if reading fails, for which the author is not to blame
   */
  public static Checkpoint open(Path folder, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not a folder; a checkpoint must be one");
    }
    Path directory = folder.toRealPath();
    SortedMap<String, Long> files = CheckpointFiles.list(directory, limits);
    requireFile(files, CheckpointFiles.CONFIG);
    ModelConfig config =
        ConfigFile.parse(Files.readAllBytes(directory.resolve(CheckpointFiles.CONFIG)));
    Shards shards = shards(directory, files, limits);
    Map<String, TensorEntry> stored = tensors(directory, shards, limits);
    requireParameters(stored, limits);
    List<ExpectedTensor> expected = config.family().expectedTensors(config);
    Map<String, TensorEntry> tensors =
        StoredBuffers.leftOut(config, expected, StoredTensors.named(expected, stored));
    requireExpected(config, expected, tensors);
    TiedHead.requireSame(config, expected, tensors);
    List<Path> paths = new ArrayList<>();
    for (String shard : shards.names()) {
      paths.add(directory.resolve(shard));
    }
    return new Checkpoint(directory, files, config, paths, tensors);
  }

  /**
   * Refuses a model that cannot take every id of a tokenizer, or every position of a sample; where
   * positions are not learned there is one for each.
   *
   * @param vocabulary one more than the tokenizer's largest id
   * @param maxTokens ids of the longest sample
   */
  public void requireServes(int vocabulary, int maxTokens) throws RejectedCheckpointException {
    if (config.vocabularySize() < vocabulary) {
      throw RejectedCheckpointException.because(
          Rejection.VOCABULARY_TOO_SMALL,
          "config.json has vocab_size %d; the tokenizer has %d ids",
          config.vocabularySize(),
          vocabulary);
    }
    if (config.endsAtMaxPositions() && config.maxPositions() < maxTokens) {
      throw RejectedCheckpointException.because(
          Rejection.SEQUENCE_TOO_SHORT,
          "the model has %d positions; samples have up to %d tokens",
          config.maxPositions(),
          maxTokens);
    }
  }

  /**
   * Reads every weight once: refuses a checkpoint with a weight that is NaN or infinite, or with
   * norms beyond the limits.
   *
   * @throws RejectedCheckpointException naming the first tensor that is not sound
   */
  public void inspect(NormLimits limits) throws RejectedCheckpointException, IOException {
    WeightInspection.run(this, limits);
  }

  /**
   * The layers' weights as a few numbers: of each matrix, in a fixed order, sums of rows and of
   * columns with random signs, sorted and averaged in 8 groups each. A permutation of neurons
   * leaves half of them as they are, a changed row or column all but a few, and embeddings and the
   * head have no part in them. Comparable, number by number, between checkpoints of one
   * architecture under one seed. Reads every matrix of a layer once; needs no more memory for a
   * larger checkpoint; the same checkpoint gives the same bits on every machine.
   *
   * <p>Whoever knows the seed can make a copy that looks distant: take it from something that no
   * one knows when models are committed, such as a later block's hash.
   *
   * @param seed any bytes
   * @throws RejectedCheckpointException naming the first matrix that is not finite
   */
  public double[] fingerprint(byte[] seed) throws RejectedCheckpointException, IOException {
    return WeightFingerprint.of(this, seed);
  }

  public Path directory() {
    return directory;
  }

  public ModelConfig config() {
    return config;
  }

  /** The weights files, sorted by name. */
  public List<Path> shards() {
    return shards;
  }

  /**
   * Every weight by its family's name, in the order of files and offsets; unmodifiable. Stored
   * buffers that the configuration gives (masks, rotary frequencies) are not among them.
   */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** Every tensor that the configuration asks for, stored or (a tied head) not. */
  public List<ExpectedTensor> expectedTensors() {
    return config.family().expectedTensors(config);
  }

  /** Number of stored elements, over all tensors. */
  public long parameters() {
    return tensors.values().stream().mapToLong(TensorEntry::elements).sum();
  }

  /** Bytes of all files together. */
  public long bytes() {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The content digest over names and bytes of all files ({@link ContentDigest}), in lower-case
   * hexadecimal. Reads every file.
   */
  public String digest() throws IOException {
    return ContentDigest.of(FileDigest.ofFiles(directory, files.keySet()));
  }

  private static void requireFile(SortedMap<String, Long> files, String name)
      throws RejectedCheckpointException {
    if (!files.containsKey(name)) {
      throw RejectedCheckpointException.because(
          Rejection.MISSING_FILE, "the checkpoint has no %s", name);
    }
  }

  private static Shards shards(
      Path directory, SortedMap<String, Long> files, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    if (files.containsKey(CheckpointFiles.INDEX)) {
      return Shards.indexed(
          Files.readAllBytes(directory.resolve(CheckpointFiles.INDEX)),
          files.keySet(),
          limits.tensors());
    }
    requireFile(files, CheckpointFiles.WEIGHTS);
    for (String name : files.keySet()) {
      if (CheckpointFiles.isShard(name)) {
        throw RejectedCheckpointException.because(
            Rejection.MISSING_FILE,
            "the checkpoint has the shard %s and no %s",
            name,
            CheckpointFiles.INDEX);
      }
    }
    return Shards.single();
  }

  private static Map<String, TensorEntry> tensors(
      Path directory, Shards shards, CheckpointLimits limits)
      throws RejectedCheckpointException, IOException {
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    for (String shard : shards.names()) {
      List<TensorEntry> entries = SafetensorsHeader.read(directory.resolve(shard), limits);
      shards.requireAgreement(shard, entries);
      for (TensorEntry entry : entries) {
        if (tensors.put(entry.name(), entry) != null) {
          throw RejectedCheckpointException.because(
              Rejection.DUPLICATE_TENSOR, "%s is stored twice", quoted(entry.name()));
        }
      }
      if (tensors.size() > limits.tensors()) {
        throw RejectedCheckpointException.because(
            Rejection.TOO_MANY_TENSORS,
            "the checkpoint has more than %d tensors",
            limits.tensors());
      }
    }
    for (String name : shards.tensorShards().keySet()) {
      if (!tensors.containsKey(name)) {
        throw RejectedCheckpointException.because(
            Rejection.WRONG_INDEX,
            "%s names the tensor %s, which no shard has",
            CheckpointFiles.INDEX,
            quoted(name));
      }
    }
    return java.util.Collections.unmodifiableMap(tensors);
  }

  private static void requireParameters(Map<String, TensorEntry> tensors, CheckpointLimits limits)
      throws RejectedCheckpointException {
    long parameters = 0;
    for (TensorEntry tensor : tensors.values()) {
      parameters += tensor.elements();
    }
    if (parameters > limits.parameters()) {
      throw RejectedCheckpointException.because(
          Rejection.TOO_MANY_PARAMETERS,
          "the checkpoint has %d parameters; the limit is %d",
          parameters,
          limits.parameters());
    }
  }

  private static void requireExpected(
      ModelConfig config, List<ExpectedTensor> all, Map<String, TensorEntry> tensors)
      throws RejectedCheckpointException {
    Set<String> known = new HashSet<>();
    for (ExpectedTensor expected : all) {
      known.add(expected.name());
      TensorEntry entry = tensors.get(expected.name());
      if (entry != null) {
        requireFits(expected, entry);
      } else if (expected.required()) {
        throw RejectedCheckpointException.because(
            Rejection.MISSING_TENSOR,
            "the weights lack %s of shape %s, which config.json asks for",
            expected.name(),
            expected.shape());
      }
    }
    for (String name : new TreeMap<>(tensors).keySet()) {
      if (!known.contains(name)) {
        throw RejectedCheckpointException.because(
            Rejection.UNEXPECTED_TENSOR,
            "the weights hold %s, which a model of type %s with this config.json does not have",
            quoted(name),
            config.family().modelType());
      }
    }
  }

  private static void requireFits(ExpectedTensor expected, TensorEntry entry)
      throws RejectedCheckpointException {
    if (!entry.shape().equals(expected.shape())) {
      throw RejectedCheckpointException.because(
          Rejection.WRONG_SHAPE,
          "%s has the shape %s; by config.json it is %s",
          expected.name(),
          entry.shape(),
          expected.shape());
    }
    if (!entry.dtype().holdsWeights()) {
      throw RejectedCheckpointException.because(
          Rejection.UNKNOWN_DTYPE,
          "%s is stored as %s; weights are F32, BF16 or F16",
          expected.name(),
          entry.dtype());
    }
  }
}

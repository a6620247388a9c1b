package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.rejection.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which weights files belong to a checkpoint and what its index says of them.
 *
 * @param names the weights files, sorted
 * @param tensorShards the shard of each tensor by the index; empty where there is one file and no
 *     index
 */
record Shards(SortedSet<String> names, SortedMap<String, String> tensorShards) {

  /** One model.safetensors. */
  static Shards single() {
    return new Shards(new TreeSet<>(Set.of(CheckpointFiles.WEIGHTS)), new TreeMap<>());
  }

  /**
   * Reads a shard index; every shard it names must be among the files, and every weights file
   * named.
   */
  static Shards indexed(byte[] index, Set<String> files, int mostTensors)
      throws RejectedCheckpointException {
    JsonNode map = StrictJson.object(CheckpointFiles.INDEX, index).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw wrong("its weight_map is not an object of tensor names");
    }
    if (map.size() > mostTensors) {
      throw RejectedCheckpointException.because(
          Rejection.TOO_MANY_TENSORS,
          "%s names %d tensors; the limit is %d",
          CheckpointFiles.INDEX,
          map.size(),
          mostTensors);
    }
    SortedMap<String, String> shards = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      shards.put(entry.getKey(), shard(entry.getValue(), files));
    }
    SortedSet<String> names = new TreeSet<>(shards.values());
    for (String file : files) {
      if (CheckpointFiles.isWeights(file) && !names.contains(file)) {
        throw wrong("it does not mention " + file);
      }
    }
    return new Shards(names, shards);
  }

  private static String shard(JsonNode value, Set<String> files)
      throws RejectedCheckpointException {
    String shard = value.isTextual() ? value.textValue() : "";
    if (!CheckpointFiles.isWeights(shard)) {
      throw wrong("it names the shard " + quoted(value.toString()));
    }
    if (!files.contains(shard)) {
      throw RejectedCheckpointException.because(
          Rejection.MISSING_SHARD, "%s names %s, which is not there", CheckpointFiles.INDEX, shard);
    }
    return shard;
  }

  /** Refuses a shard whose tensors are not exactly those that the index places in it. */
  void requireAgreement(String shard, List<TensorEntry> tensors)
      throws RejectedCheckpointException {
    if (tensorShards.isEmpty()) {
      return;
    }
    for (TensorEntry tensor : tensors) {
      String placed = tensorShards.get(tensor.name());
      if (!shard.equals(placed)) {
        throw wrong(
            quoted(tensor.name())
                + " is in "
                + shard
                + (placed == null
                    ? ", and the index does not name it"
                    : ", and the index places it in " + placed));
      }
    }
  }

  private static RejectedCheckpointException wrong(String sentence) {
    return RejectedCheckpointException.because(
        Rejection.WRONG_INDEX, "%s is wrong: %s", CheckpointFiles.INDEX, sentence);
  }
}

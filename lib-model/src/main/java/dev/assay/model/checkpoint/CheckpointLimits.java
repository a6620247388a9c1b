package dev.assay.model.checkpoint;

/**
 * What the gate admits. Sizes are in bytes.
 *
 * @param files most files in the directory
 * @param jsonBytes largest config.json or shard index
 * @param tokenizerBytes largest tokenizer.json, or other file that is neither weights nor
 *     configuration
 * @param headerBytes largest safetensors header (the format's own limit is 100,000,000)
 * @param tensors most tensors, over all shards
 * @param parameters most elements, over all tensors
 * @param bytes largest checkpoint, all files together
 */
public record CheckpointLimits(
    int files,
    long jsonBytes,
    long tokenizerBytes,
    long headerBytes,
    int tensors,
    long parameters,
    long bytes) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  public CheckpointLimits {
    requirePositive("files", files);
    requirePositive("jsonBytes", jsonBytes);
    requirePositive("tokenizerBytes", tokenizerBytes);
    requirePositive("headerBytes", headerBytes);
    requirePositive("tensors", tensors);
    requirePositive("parameters", parameters);
    requirePositive("bytes", bytes);
  }

  /**
   * The original's caps (a repository of 15 GiB, 8 × 2³⁰ parameters;
   * NousResearch/finetuning-subnet, constants) with bounds on everything it leaves open.
   */
  public static CheckpointLimits defaults() {
    return new CheckpointLimits(256, MIB, 64 * MIB, 8 * MIB, 20_000, 8 * GIB, 15 * GIB);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "limit " + name + " is " + value + "; it must be positive");
    }
  }
}

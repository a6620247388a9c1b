package dev.assay.model.checkpoint;

import static dev.assay.model.rejection.Quoted.quoted;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.Family;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What older versions of transformers stored beside the weights although the configuration gives
 * it: causal masks (GPT-2, GPT-NeoX, GPT-J) and rotary frequencies. Transformers 4 and 5 compute
 * them and ignore what is stored, so they are looked at and left out.
 */
final class StoredBuffers {
  /** Most positions of a mask that is read: 64 MiB of bytes, or four times that of F32. */
  private static final int MOST_POSITIONS = 8192;

  /** Families that stored their causal masks. */
  private static final Set<Family> MASKED = EnumSet.of(Family.GPT2, Family.GPT_NEOX, Family.GPTJ);

  private final ModelConfig config;
  private final String prefix;

  private StoredBuffers(ModelConfig config, String prefix) {
    this.config = config;
    this.prefix = prefix;
  }

  /**
   * The tensors that are not such a buffer. A buffer of another shape than the configuration's
   * stays among them, at an unexpected place.
   *
   * @throws RejectedCheckpointException naming a buffer that does not hold what the configuration
   *     gives
   */
  static Map<String, TensorEntry> leftOut(
      ModelConfig config, List<ExpectedTensor> expected, Map<String, TensorEntry> tensors)
      throws RejectedCheckpointException, IOException {
    StoredBuffers buffers = new StoredBuffers(config, StoredTensors.prefix(expected));
    Map<String, TensorEntry> weights = new LinkedHashMap<>();
    for (TensorEntry tensor : tensors.values()) {
      if (!buffers.isBuffer(tensor)) {
        weights.put(tensor.name(), tensor);
      }
    }
    return Collections.unmodifiableMap(weights);
  }

  private boolean isBuffer(TensorEntry tensor) throws RejectedCheckpointException, IOException {
    String name = tensor.name();
    if (config.rotary().isPresent() && isOf(name, "rotary_emb.inv_freq")) {
      return tensor.shape().equals(List.of((long) config.rotary().get().dimensions() / 2))
          && holds(tensor, (index, value) -> value > 0 && value < Float.POSITIVE_INFINITY);
    }
    if (!MASKED.contains(config.family())) {
      return false;
    }
    if (isOf(name, "masked_bias")) {
      // −1e9 is minus infinity in F16, which is read as NaN.
      return tensor.shape().isEmpty() && holds(tensor, (index, value) -> !(value > -1e4f));
    }
    long positions = config.maxPositions();
    return isOf(name, "bias")
        && positions <= MOST_POSITIONS
        && tensor.shape().equals(List.of(1L, 1L, positions, positions))
        && holds(
            tensor, (index, value) -> value == (index % positions <= index / positions ? 1 : 0));
  }

  /** Whether a buffer belongs to a layer's attention or to the whole model. */
  private boolean isOf(String name, String buffer) {
    if (!name.startsWith(prefix) || !name.endsWith("." + buffer)) {
      return false;
    }
    String module = name.substring(prefix.length() - 1, name.length() - buffer.length());
    if (module.equals(".")) {
      return buffer.startsWith("rotary_emb");
    }
    String[] parts = module.split("\\.", -1);
    return parts.length == 5
        && (parts[1].equals("layers") || parts[1].equals("h"))
        && isLayer(parts[2])
        && (parts[3].equals("self_attn")
            || parts[3].equals("attn")
            || parts[3].equals("attention"));
  }

  private boolean isLayer(String number) {
    return number.matches("0|[1-9][0-9]{0,3}") && Integer.parseInt(number) < config.layers();
  }

  /** What a value at an index must be. */
  @FunctionalInterface
  private interface Expected {
    boolean at(long index, float value);
  }

  private static boolean holds(TensorEntry tensor, Expected expected)
      throws RejectedCheckpointException, IOException {
    TensorBlock blocks = new TensorBlock();
    try (FileChannel channel = FileChannel.open(tensor.file())) {
      for (long from = 0; from < tensor.length(); from += TensorBlock.BYTES) {
        ByteBuffer block = blocks.read(channel, tensor, from);
        for (long index = from / tensor.dtype().bytes(); block.hasRemaining(); index++) {
          if (!expected.at(index, next(tensor, block))) {
            throw RejectedCheckpointException.because(
                Rejection.UNEXPECTED_TENSOR,
                "%s does not hold what config.json gives; leave it out, it is computed from"
                    + " config.json",
                quoted(tensor.name()));
          }
        }
      }
    }
    return true;
  }

  private static float next(TensorEntry tensor, ByteBuffer block)
      throws RejectedCheckpointException {
    return switch (tensor.dtype()) {
      case F32 -> block.getFloat();
      case BF16 -> NarrowFloat.fromBfloat16(block.getShort());
      case F16 -> NarrowFloat.fromFloat16(block.getShort());
      case U8, BOOL -> block.get();
      default ->
          throw RejectedCheckpointException.because(
              Rejection.UNKNOWN_DTYPE,
              "%s is stored as %s, which no buffer is",
              quoted(tensor.name()),
              tensor.dtype());
    };
  }
}

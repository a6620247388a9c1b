package dev.assay.model.config;

import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.Set;

/**
 * The sizes that most families spell alike.
 *
 * @param headSize what {@code head_dim} says, else what the family says, else the hidden size
 *     divided among the heads
 */
public record Dimensions(
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize) {
  public static final String KEY_VALUE_HEADS = "num_key_value_heads";
  public static final String HEAD_SIZE = "head_dim";

  /** Of a family that has as many key-value heads as heads where the file says none. */
  public static Dimensions read(ConfigFields fields, int familyHeadSize, String... nullable)
      throws RejectedCheckpointException {
    return read(fields, familyHeadSize, 0, nullable);
  }

  /**
   * Reads the sizes of a configuration.
   *
   * @param familyHeadSize a head's size where the file says none; 0 where the family has no opinion
   * @param familyKeyValueHeads how many key-value heads there are where the file does not say; 0:
   *     as many as heads
   * @param nullable which of num_key_value_heads and head_dim the family takes to be absent when
   *     they are null
   */
  public static Dimensions read(
      ConfigFields fields, int familyHeadSize, int familyKeyValueHeads, String... nullable)
      throws RejectedCheckpointException {
    Set<String> optional = Set.of(nullable);
    int hidden = fields.integer("hidden_size", 1, ConfigBounds.HIDDEN);
    int heads = fields.integer("num_attention_heads", 1, ConfigBounds.HEADS);
    return new Dimensions(
        fields.integer("vocab_size", 1, ConfigBounds.VOCABULARY),
        hidden,
        fields.integer("intermediate_size", 1, ConfigBounds.INTERMEDIATE),
        fields.integer("num_hidden_layers", 1, ConfigBounds.LAYERS),
        heads,
        keyValueHeads(fields, heads, familyKeyValueHeads, optional),
        headSize(fields, hidden, heads, familyHeadSize, optional));
  }

  /** A head's share of the hidden size, which it must divide. */
  public static int share(ConfigFields fields, int hidden, int heads)
      throws RejectedCheckpointException {
    if (hidden % heads != 0 || hidden / heads > ConfigBounds.HEAD_SIZE) {
      throw fields.contradiction(
          String.format(
              "a hidden size of %d cannot be divided among %d heads of at most %d",
              hidden, heads, ConfigBounds.HEAD_SIZE));
    }
    return hidden / heads;
  }

  private static int keyValueHeads(
      ConfigFields fields, int heads, int ofFamily, Set<String> nullable)
      throws RejectedCheckpointException {
    int keyValueHeads = heads;
    if (isGiven(fields, KEY_VALUE_HEADS, nullable)) {
      keyValueHeads = fields.integer(KEY_VALUE_HEADS, 1, ConfigBounds.HEADS);
    } else if (!fields.names(KEY_VALUE_HEADS) && ofFamily > 0) {
      keyValueHeads = ofFamily;
    }
    if (heads % keyValueHeads != 0) {
      throw fields.contradiction(
          heads + " heads cannot share " + keyValueHeads + " key-value heads evenly");
    }
    return keyValueHeads;
  }

  private static int headSize(
      ConfigFields fields, int hidden, int heads, int familyHeadSize, Set<String> nullable)
      throws RejectedCheckpointException {
    if (isGiven(fields, HEAD_SIZE, nullable)) {
      return fields.integer(HEAD_SIZE, 1, ConfigBounds.HEAD_SIZE);
    }
    return familyHeadSize > 0 ? familyHeadSize : share(fields, hidden, heads);
  }

  private static boolean isGiven(ConfigFields fields, String key, Set<String> nullable) {
    return nullable.contains(key) ? fields.has(key) : fields.names(key);
  }
}

package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.scale.ScaleException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all commitments of a subnet; bytes that make no sense concern one hotkey alone. */
final class CommitmentsQuery {
  private static final String PALLET = "Commitments";
  private static final String ITEM = "CommitmentOf";

  private CommitmentsQuery() {}

  static List<Commitment> read(BlockView block, int netuid) {
    return parse(block.metadata(), block.rawEntries(PALLET, ITEM, Value.of(netuid)));
  }

  /** The commitments behind raw storage entries, by key as {@code 0x} and digits. */
  static List<Commitment> parse(Metadata metadata, Map<String, byte[]> entries) {
    List<Commitment> commitments = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> commitments.add(commitment(metadata, key, value)));
    return commitments;
  }

  private static Commitment commitment(Metadata metadata, String key, byte[] bytes) {
    byte[] keyBytes = HexFormat.of().parseHex(key, 2, key.length());
    AccountId hotkey = AccountId.of(metadata.keyParts(PALLET, ITEM, keyBytes).get(1).asBytes());
    try {
      Value registration = metadata.storageValue(PALLET, ITEM, Optional.of(bytes)).orElseThrow();
      return new Commitment(
          hotkey,
          registration.field("block").asLong(),
          registration.field("info").field("fields").asList().stream()
              .map(CommitmentsQuery::field)
              .toList(),
          Optional.empty());
    } catch (ScaleException | ShapeException nonsense) {
      return new Commitment(hotkey, 0, List.of(), Optional.of(nonsense.getMessage()));
    }
  }

  /** The kinds Raw0 to Raw128 differ only in length and are one here. */
  private static Commitment.Field field(Value data) {
    Value.Variant variant = data.asVariant();
    String kind = variant.name().startsWith("Raw") ? "Raw" : variant.name();
    Value bytes =
        variant.fields().asList().stream()
            .filter(Value.Bytes.class::isInstance)
            .findFirst()
            .orElse(Value.of(new byte[0]));
    return new Commitment.Field(kind, bytes);
  }
}

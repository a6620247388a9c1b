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

/** Reads commitments of a subnet; bytes that make no sense concern one hotkey alone. */
final class CommitmentsQuery {
  private static final String PALLET = "Commitments";
  private static final String ITEM = "CommitmentOf";
  private static final String REVEALED = "RevealedCommitments";

  private CommitmentsQuery() {}

  static List<Commitment> read(BlockView block, int netuid) {
    return parse(block.metadata(), block.rawEntries(PALLET, ITEM, Value.of(netuid)));
  }

  static Optional<Commitment> read(BlockView block, int netuid, AccountId hotkey) {
    return parse(
            block.metadata(),
            block.rawEntries(PALLET, ITEM, Value.of(netuid), Value.of(hotkey.bytes())))
        .stream()
        .findFirst();
  }

  /** The commitments behind raw storage entries, by key as {@code 0x} and digits. */
  static List<Commitment> parse(Metadata metadata, Map<String, byte[]> entries) {
    List<Commitment> commitments = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> commitments.add(commitment(metadata, key, value)));
    return commitments;
  }

  static List<RevealedCommitment> readRevealed(BlockView block, int netuid) {
    List<RevealedCommitment> revealed = new ArrayList<>();
    block
        .rawEntries(PALLET, REVEALED, Value.of(netuid))
        .forEach((key, value) -> revealed.add(revealed(block.metadata(), key, value)));
    return revealed;
  }

  private static RevealedCommitment revealed(Metadata metadata, String key, byte[] bytes) {
    AccountId hotkey = hotkey(metadata, REVEALED, key);
    try {
      List<RevealedCommitment.Reveal> reveals =
          metadata
              .storageValue(PALLET, REVEALED, Optional.of(bytes))
              .orElseThrow()
              .asList()
              .stream()
              .map(pair -> new RevealedCommitment.Reveal(pair.at(1).asLong(), pair.at(0)))
              .toList();
      return new RevealedCommitment(hotkey, reveals, Optional.empty());
    } catch (ScaleException | ShapeException nonsense) {
      return new RevealedCommitment(hotkey, List.of(), Optional.of(nonsense.getMessage()));
    }
  }

  private static AccountId hotkey(Metadata metadata, String item, String key) {
    byte[] keyBytes = HexFormat.of().parseHex(key, 2, key.length());
    return AccountId.of(metadata.keyParts(PALLET, item, keyBytes).get(1).asBytes(AccountId.LENGTH));
  }

  private static Commitment commitment(Metadata metadata, String key, byte[] bytes) {
    AccountId hotkey = hotkey(metadata, ITEM, key);
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

package dev.assay.jobs.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.jobs.tables.CommitmentRow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads what a subnet's registered hotkeys have committed. */
public final class Commitments {
  private static final String PALLET = "SubtensorModule";

  private Commitments() {}

  /** One row per registered hotkey that has committed something, by uid. */
  public static List<CommitmentRow> at(BlockView block, int netuid) {
    Metagraph metagraph = block.metagraph(netuid);
    List<CommitmentRow> rows = new ArrayList<>();
    for (Commitment commitment : block.commitments(netuid)) {
      metagraph
          .neuron(commitment.hotkey())
          .ifPresent(
              neuron ->
                  rows.add(
                      row(block, netuid, neuron.uid(), neuron.blockAtRegistration(), commitment)));
    }
    rows.sort(Comparator.comparingInt(CommitmentRow::uid));
    return rows;
  }

  /** The same of some hotkeys alone; nothing is read of any other. */
  public static List<CommitmentRow> of(BlockView block, int netuid, Collection<AccountId> hotkeys) {
    List<CommitmentRow> rows = new ArrayList<>();
    for (AccountId hotkey : hotkeys) {
      Optional<Integer> uid =
          block
              .storage(PALLET, "Uids", Value.of(netuid), Value.of(hotkey.bytes()))
              .map(Value::asInt);
      Optional<Commitment> commitment =
          uid.isPresent() ? block.commitment(netuid, hotkey) : Optional.empty();
      commitment.ifPresent(
          found ->
              rows.add(row(block, netuid, uid.get(), registered(block, netuid, uid.get()), found)));
    }
    rows.sort(Comparator.comparingInt(CommitmentRow::uid));
    return rows;
  }

  private static long registered(BlockView block, int netuid, int uid) {
    return block
        .storage(PALLET, "BlockAtRegistration", Value.of(netuid), Value.of(uid))
        .map(Value::asLong)
        .orElse(0L);
  }

  private static CommitmentRow row(
      BlockView block, int netuid, int uid, long registered, Commitment commitment) {
    byte[] content = commitment.content();
    return new CommitmentRow(
        netuid,
        block.number(),
        block.hash().toString(),
        commitment.hotkey().ss58(),
        uid,
        registered,
        commitment.block(),
        HexFormat.of().formatHex(content),
        text(content),
        Optional.of(commitment.kind()));
  }

  /** The bytes as text; empty where they are not UTF-8 or there are none. */
  private static Optional<String> text(byte[] content) {
    try {
      return content.length == 0
          ? Optional.empty()
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}

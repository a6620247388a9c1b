package dev.assay.jobs.chain;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.jobs.tables.CommitmentRow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads what a subnet's registered hotkeys have committed. */
public final class Commitments {
  private Commitments() {}

  /** One row per registered hotkey that has committed something, by uid. */
  public static List<CommitmentRow> at(BlockView block, int netuid) {
    Metagraph metagraph = block.metagraph(netuid);
    List<CommitmentRow> rows = new ArrayList<>();
    for (Commitment commitment : block.commitments(netuid)) {
      metagraph
          .neuron(commitment.hotkey())
          .ifPresent(neuron -> rows.add(row(block, netuid, neuron, commitment)));
    }
    rows.sort(Comparator.comparingInt(CommitmentRow::uid));
    return rows;
  }

  private static CommitmentRow row(
      BlockView block, int netuid, Neuron neuron, Commitment commitment) {
    byte[] content = commitment.content();
    return new CommitmentRow(
        netuid,
        block.number(),
        block.hash().toString(),
        neuron.hotkey().ss58(),
        neuron.uid(),
        neuron.blockAtRegistration(),
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

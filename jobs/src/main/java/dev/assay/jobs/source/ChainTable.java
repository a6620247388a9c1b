package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Weight;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What can be loaded of a subnet. Every row carries the block it was read at. */
// Spark's StructType is immutable, but not annotated so.
@SuppressWarnings("ImmutableEnumChecker")
enum ChainTable {
  /** One row a neuron. Stake and emission are in rao; shares are of 65535. */
  METAGRAPH(
      at().add("uid", DataTypes.IntegerType, false)
          .add("hotkey", DataTypes.StringType, false)
          .add("coldkey", DataTypes.StringType, false)
          .add("active", DataTypes.BooleanType, false)
          .add("validator_permit", DataTypes.BooleanType, false)
          .add("stake", DataTypes.LongType, false)
          .add("emission", DataTypes.LongType, false)
          .add("incentive", DataTypes.IntegerType, false)
          .add("dividends", DataTypes.IntegerType, false)
          .add("consensus", DataTypes.IntegerType, false)
          .add("last_update", DataTypes.LongType, false)
          .add("registered_block", DataTypes.LongType, false)) {
    @Override
    List<Object[]> rows(BlockView block, int netuid, int mechanism) {
      return block.metagraph(netuid).neurons().stream()
          .map(
              neuron ->
                  new Object[] {
                    netuid,
                    block.number(),
                    block.hash().toString(),
                    neuron.uid(),
                    neuron.hotkey().ss58(),
                    neuron.coldkey().ss58(),
                    neuron.active(),
                    neuron.validatorPermit(),
                    neuron.stake(),
                    neuron.emission(),
                    neuron.incentive(),
                    neuron.dividends(),
                    neuron.consensus(),
                    neuron.lastUpdate(),
                    neuron.blockAtRegistration()
                  })
          .toList();
    }
  },

  /**
   * One row a registered hotkey that has committed something: {@code data} is the raw bytes in hex,
   * {@code text} the same as UTF-8, null where it isn't.
   */
  COMMITMENTS(
      at().add("hotkey", DataTypes.StringType, false)
          .add("uid", DataTypes.IntegerType, false)
          .add("registered_block", DataTypes.LongType, false)
          .add("committed_block", DataTypes.LongType, false)
          .add("data", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, true)) {
    @Override
    List<Object[]> rows(BlockView block, int netuid, int mechanism) {
      Metagraph metagraph = block.metagraph(netuid);
      List<Object[]> rows = new ArrayList<>();
      for (Commitment commitment : block.commitments(netuid)) {
        metagraph
            .neuron(commitment.hotkey())
            .ifPresent(neuron -> rows.add(row(block, netuid, neuron, commitment)));
      }
      return rows;
    }
  },

  /** One row a weight that is not zero; a share of 65535 of the validator's largest. */
  WEIGHTS(
      at().add("mechanism", DataTypes.IntegerType, false)
          .add("validator_uid", DataTypes.IntegerType, false)
          .add("uid", DataTypes.IntegerType, false)
          .add("weight", DataTypes.IntegerType, false)) {
    @Override
    List<Object[]> rows(BlockView block, int netuid, int mechanism) {
      List<Object[]> rows = new ArrayList<>();
      for (Map.Entry<Integer, List<Weight>> row : block.weights(netuid, mechanism).entrySet()) {
        for (Weight weight : row.getValue()) {
          rows.add(
              new Object[] {
                netuid,
                block.number(),
                block.hash().toString(),
                mechanism,
                row.getKey(),
                weight.uid(),
                weight.value()
              });
        }
      }
      return rows;
    }
  };

  private final StructType schema;

  ChainTable(StructType schema) {
    this.schema = schema;
  }

  private static StructType at() {
    return new StructType()
        .add("netuid", DataTypes.IntegerType, false)
        .add("block", DataTypes.LongType, false)
        .add("block_hash", DataTypes.StringType, false);
  }

  /**
   * The table of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  static ChainTable named(String name) {
    for (ChainTable table : values()) {
      if (table.name().toLowerCase(Locale.ROOT).equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "load(\"" + name + "\"): a chain has metagraph, commitments and weights");
  }

  StructType schema() {
    return schema;
  }

  /** Rows in the schema's order, values as Java has them. */
  abstract List<Object[]> rows(BlockView block, int netuid, int mechanism);

  private static Object[] row(BlockView block, int netuid, Neuron neuron, Commitment commitment) {
    byte[] content = commitment.content();
    return new Object[] {
      netuid,
      block.number(),
      block.hash().toString(),
      neuron.hotkey().ss58(),
      neuron.uid(),
      neuron.blockAtRegistration(),
      commitment.block(),
      HexFormat.of().formatHex(content),
      text(content)
    };
  }

  /** The bytes as text; null where they are not UTF-8 or there are none. */
  private static String text(byte[] content) {
    try {
      return content.length == 0
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }
}

package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.tables.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One weight of a validator that is not zero, at one block. */
@Comment("one weight of a validator that is not zero, at one block")
public record WeightShareRow(
    @Comment("number of the subnet") int netuid,
    @Comment("height that was read") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("the validator's number in the subnet") int validatorUid,
    @Comment("the recipient's number in the subnet") int uid,
    @Comment("share of the validator's largest weight, 0 to 65535") int weight) {

  static List<WeightShareRow> at(BlockView block, int netuid, int mechanism) {
    List<WeightShareRow> rows = new ArrayList<>();
    for (Map.Entry<Integer, List<Weight>> row : block.weights(netuid, mechanism).entrySet()) {
      for (Weight weight : row.getValue()) {
        rows.add(
            new WeightShareRow(
                netuid,
                block.number(),
                block.hash().toString(),
                mechanism,
                row.getKey(),
                weight.uid(),
                weight.value()));
      }
    }
    return rows;
  }
}

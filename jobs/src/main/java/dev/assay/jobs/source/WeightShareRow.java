package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One weight of a validator that is not zero, at one block.
 *
 * @param block height that was read
 * @param weight share of 65535 of the validator's largest
 */
public record WeightShareRow(
    int netuid,
    long block,
    String blockHash,
    int mechanism,
    int validatorUid,
    int uid,
    int weight) {

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

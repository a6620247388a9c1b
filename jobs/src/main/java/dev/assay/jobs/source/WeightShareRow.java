package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.tables.Comment;
import java.util.List;

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

  static List<WeightShareRow> at(BlockView block, ChainQuery query) {
    return MatrixCell.at(
            query,
            () -> block.weights(query.netuid(), query.mechanism()),
            uid -> block.weightsOf(query.netuid(), query.mechanism(), uid))
        .stream()
        .map(
            cell ->
                new WeightShareRow(
                    query.netuid(),
                    block.number(),
                    block.hash().toString(),
                    query.mechanism(),
                    cell.row(),
                    cell.column(),
                    cell.value()))
        .toList();
  }
}

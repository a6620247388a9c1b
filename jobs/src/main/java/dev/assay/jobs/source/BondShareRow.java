package dev.assay.jobs.source;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.tables.Comment;
import java.util.List;

/** One bond of a validator that is not zero, at one block. */
@Comment("one bond of a validator that is not zero, at one block")
public record BondShareRow(
    @Comment("number of the subnet") int netuid,
    @Comment("height that was read") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("the validator's number in the subnet") int validatorUid,
    @Comment("the number of the neuron that it is bonded to") int uid,
    @Comment("as the chain keeps it, 0 to 65535") int bond) {

  static List<BondShareRow> at(BlockView block, ChainQuery query) {
    return MatrixCell.at(
            query,
            () -> block.bonds(query.netuid(), query.mechanism()),
            uid -> block.bondsOf(query.netuid(), query.mechanism(), uid))
        .stream()
        .map(
            cell ->
                new BondShareRow(
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

package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import java.util.List;

/**
 * A hash of weights that will be revealed.
 *
 * @param unused what earlier runtimes kept here
 */
public record HashCommit(Bytes32 hash, long epoch, long block, long unused) {
  static final Shape<HashCommit> SHAPE =
      new Shape<>(
          new TypeNode.Tuple(
              List.of(Shapes.HASH.type(), Shapes.U64.type(), Shapes.U64.type(), Shapes.U64.type())),
          56,
          HashCommit::write,
          HashCommit::read);

  private static void write(ScaleWriter out, HashCommit commit) {
    out.bytes(commit.hash.bytes()).u64(commit.epoch).u64(commit.block).u64(commit.unused);
  }

  private static HashCommit read(ScaleReader in) {
    return new HashCommit(new Bytes32(in.bytes(32)), in.u64(), in.u64(), in.u64());
  }
}

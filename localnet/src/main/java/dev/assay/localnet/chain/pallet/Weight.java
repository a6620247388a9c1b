package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;

/** Execution time in picoseconds and size of proof in bytes. */
public record Weight(long refTime, long proofSize) {
  /** {@code sp_weights::weight_v2::Weight}. */
  public static final Shape<Weight> SHAPE =
      RecordShape.of(
          Weight.class, "sp_weights::weight_v2::Weight", Shapes.COMPACT_U64, Shapes.COMPACT_U64);

  /** A weight without a proof. */
  public static Weight of(long refTime) {
    return new Weight(refTime, 0);
  }
}

package dev.assay.localnet.chain.runtime;

import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.substrate.TimestampPallet;
import java.util.Optional;

/** What an extrinsic would come to in the block after a given one, and is not put into. */
public final class DryRun {
  private static final byte[] OK = {0, 0};

  private DryRun() {}

  /** The encoded {@code ApplyExtrinsicResult}. */
  public static byte[] of(NodeRuntime runtime, byte[] extrinsic, Block parent, Bytes32 genesis) {
    try {
      SignedExtrinsic decoded = SignedExtrinsic.decode(extrinsic, runtime.codec());
      runtime.checkProof(decoded, parent, genesis);
      long moment =
          parent.state().storage().get(TimestampPallet.NOW.key())
              + TimestampPallet.BLOCK_MILLISECONDS;
      Optional<DispatchError> failure =
          new BlockBuilder(runtime, parent, moment, Optional.empty()).apply(decoded);
      return failure.map(DryRun::failed).orElse(OK);
    } catch (InvalidTransactionException e) {
      return ValidityApi.encoded(e);
    }
  }

  private static byte[] failed(DispatchError error) {
    return new ScaleWriter().u8(0).u8(1).bytes(DispatchError.SHAPE.encode(error)).toByteArray();
  }
}

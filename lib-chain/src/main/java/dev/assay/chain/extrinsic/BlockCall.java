package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Pallet;
import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.TransactionExtension;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.NodeRuntime;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed call in a block's body; whether it succeeded, only the block's events tell.
 *
 * @param index the extrinsic's place in the block, from 0
 * @param arguments by name
 */
public record BlockCall(int index, AccountId signer, String pallet, String call, Value arguments) {
  private static final int SIGNED_VERSION_4 = 0x84;
  private static final int ADDRESS_ID = 0;
  private static final int[] SIGNATURE_LENGTHS = {64, 64, 65};

  /** The calls of a block's body that can be read, in order. */
  public static List<BlockCall> of(Hash block, Node node, Runtimes runtimes) {
    Metadata metadata = runtime(block, node, runtimes).metadata();
    List<byte[]> extrinsics = node.extrinsics(block);
    List<BlockCall> calls = new ArrayList<>();
    for (int index = 0; index < extrinsics.size(); index++) {
      read(index, extrinsics.get(index), metadata).ifPresent(calls::add);
    }
    return calls;
  }

  /** The runtime that executed the block, or today's where the node no longer knows that one. */
  private static NodeRuntime runtime(Hash block, Node node, Runtimes runtimes) {
    try {
      return runtimes.after(node.header(block).parent());
    } catch (RpcErrorException dropped) {
      return runtimes.after(node.bestHead());
    }
  }

  private static Optional<BlockCall> read(int index, byte[] extrinsic, Metadata metadata) {
    try {
      return read(index, new ScaleReader(extrinsic), metadata);
    } catch (ScaleException | ShapeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<BlockCall> read(int index, ScaleReader in, Metadata metadata) {
    in.compact();
    if (in.u8() != SIGNED_VERSION_4 || in.u8() != ADDRESS_ID) {
      return Optional.empty();
    }
    AccountId signer = AccountId.of(in.bytes(AccountId.LENGTH));
    int scheme = in.u8();
    if (scheme >= SIGNATURE_LENGTHS.length) {
      return Optional.empty();
    }
    in.skip(SIGNATURE_LENGTHS[scheme]);
    for (TransactionExtension extension : metadata.extensions()) {
      metadata.types().decode(extension.explicit(), in);
    }
    int palletIndex = in.u8();
    return metadata.pallets().values().stream()
        .filter(pallet -> pallet.index() == palletIndex && pallet.calls().isPresent())
        .findFirst()
        .map(pallet -> call(index, signer, pallet, in, metadata));
  }

  private static BlockCall call(
      int index, AccountId signer, Pallet pallet, ScaleReader in, Metadata metadata) {
    Value.Variant call = metadata.types().decode(pallet.calls().getAsInt(), in).asVariant();
    return new BlockCall(index, signer, pallet.name(), call.name(), call.fields());
  }
}

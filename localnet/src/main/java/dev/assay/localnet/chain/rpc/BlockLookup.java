package dev.assay.localnet.chain.rpc;

import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import java.util.Optional;

/** Finds the block that a request is about: the last one where it names none. */
record BlockLookup(Chain chain) {
  private static final String UNKNOWN = "UnknownBlock: ";
  private static final String UNKNOWN_TO_API = "Api called for an unknown Block: ";

  Block block(Params params, int index) throws RpcException {
    Optional<Bytes32> hash = params.hash(index);
    if (hash.isEmpty()) {
      return chain.blocks().best();
    }
    return chain
        .blocks()
        .find(hash.get())
        .orElseThrow(
            () ->
                RpcException.client(
                    UNKNOWN + "Header was not found in the database: " + hash.get()));
  }

  /** The runtime that answers for the block: the one that its state holds. */
  NodeRuntime runtime(Params params, int index) throws RpcException {
    try {
      return chain.runtimes().of(state(params, index));
    } catch (RpcException e) {
      // A real node asks its runtime here, whose API has another name for the same failure.
      throw new RpcException(e.code(), e.getMessage().replace(UNKNOWN, UNKNOWN_TO_API));
    }
  }

  Snapshot state(Params params, int index) throws RpcException {
    return state(block(params, index));
  }

  Snapshot state(Block block) throws RpcException {
    return block
        .kept()
        .orElseThrow(
            () -> RpcException.client(UNKNOWN + "State already discarded for " + block.hash()));
  }
}

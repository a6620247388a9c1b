package dev.assay.cli.demo;

import dev.assay.chain.rpc.RpcClient;

/**
 * Advances the local chain by the call that Substrate's nodes offer for manual sealing. No wall
 * clock is involved, so that the same seed gets the same blocks.
 */
final class BlockClock {
  private final RpcClient rpc;

  BlockClock(RpcClient rpc) {
    this.rpc = rpc;
  }

  long head() {
    String number = rpc.call("chain_getHeader").path("number").asText();
    return Long.decode(number);
  }

  /** Seals empty blocks until the head has this height. */
  void advanceTo(long block) {
    while (head() < block) {
      rpc.call("engine_createBlock", true, true);
    }
  }
}

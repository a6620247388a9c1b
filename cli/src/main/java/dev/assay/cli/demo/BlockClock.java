package dev.assay.cli.demo;

import dev.assay.chain.rpc.RpcClient;

/**
 * Advances the local chain by the call that Substrate's nodes offer for manual sealing. No wall
 * clock is involved, so that the same seed gets the same blocks.
 */
public final class BlockClock {
  private final RpcClient rpc;

  /**
   * @param rpc to the chain, as long as the clock is used
   */
  public BlockClock(RpcClient rpc) {
    this.rpc = rpc;
  }

  /** Height of the newest block. */
  public long head() {
    String number = rpc.call("chain_getHeader").path("number").asText();
    return Long.decode(number);
  }

  /** Seals empty blocks until the head has this height. */
  public void advanceTo(long block) {
    while (head() < block) {
      rpc.call("engine_createBlock", true, true);
    }
  }
}

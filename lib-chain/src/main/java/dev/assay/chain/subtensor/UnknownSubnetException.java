package dev.assay.chain.subtensor;

/** A subnet that does not exist at the block asked. */
public final class UnknownSubnetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownSubnetException(int netuid, long block) {
    super("there is no subnet " + netuid + " at block " + block);
  }
}

package dev.assay.chain.subtensor;

/** Under which subnet the chain keeps one mechanism of a subnet (pallet's mechanism.rs). */
public final class MechanismIndex {
  private static final int STRIDE = 4096;

  private MechanismIndex() {}

  /** The number of subnet and mechanism together; the subnet's own where the mechanism is 0. */
  public static int of(int netuid, int mechanism) {
    return mechanism * STRIDE + netuid;
  }
}

package dev.assay.localnet.chain.subtensor.storage;

/** By what the chain knows the pallet. */
public final class SubtensorModule {
  public static final String NAME = "SubtensorModule";
  public static final int INDEX = 7;

  private SubtensorModule() {}
}

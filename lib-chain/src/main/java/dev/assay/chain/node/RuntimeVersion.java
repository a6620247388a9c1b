package dev.assay.chain.node;

/** Which runtime a chain executes; an extrinsic is signed for one of them. */
public record RuntimeVersion(String specName, long specVersion, long transactionVersion) {
  @Override
  public String toString() {
    return specName + "/" + specVersion;
  }
}

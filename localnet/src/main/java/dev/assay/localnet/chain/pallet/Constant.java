package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.Shape;

/** A constant of a pallet. */
public record Constant<T>(String name, Shape<T> shape, T value) {

  /** Its bytes. */
  public byte[] encoded() {
    return shape.encode(value);
  }
}

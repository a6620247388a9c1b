package dev.assay.model.train;

/** Where a checkpoint's values come from as it is written. */
@FunctionalInterface
public interface TensorValues {

  /** {@code size} values of the tensor from the element {@code offset} on, in row-major order. */
  float[] read(String tensor, long offset, int size);
}

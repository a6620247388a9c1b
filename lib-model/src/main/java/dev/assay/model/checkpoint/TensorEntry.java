package dev.assay.model.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one tensor lies: its bytes are {@code length} bytes of {@code file} from {@code offset} on
 * (counted from the start of the file, a multiple of the element size), little-endian, in row-major
 * order.
 */
public record TensorEntry(
    String name, ElementType dtype, List<Long> shape, Path file, long offset, long length) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The same bytes under another name. */
  TensorEntry named(String other) {
    return new TensorEntry(other, dtype, shape, file, offset, length);
  }

  /** Number of elements; the gate has made sure that it fits. */
  public long elements() {
    return length / dtype.bytes();
  }
}

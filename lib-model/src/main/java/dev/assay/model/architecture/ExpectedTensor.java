package dev.assay.model.architecture;

import java.util.List;

/**
 * One tensor that a configuration asks for.
 *
 * @param bias whether it is the bias of the part, not its weight
 * @param layer from 0; −1 for what belongs to no layer
 * @param expert which expert of its layer it belongs to, the shared one being the last; −1 for what
 *     belongs to none
 * @param name its name in the safetensors file
 * @param transposed whether it is stored as [in, out]
 * @param required false for a head that is stored although it is tied to the embedding: accepted,
 *     and not used
 */
public record ExpectedTensor(
    Part part,
    boolean bias,
    int layer,
    int expert,
    String name,
    List<Long> shape,
    boolean transposed,
    boolean required) {
  public ExpectedTensor {
    shape = List.copyOf(shape);
  }
}

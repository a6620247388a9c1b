package dev.assay.model.causal;

import java.util.List;

/**
 * How one weight of the decoder comes from one tensor of a checkpoint. Recipes of one role are
 * joined in their order.
 *
 * @param layer from 0; the number of layers for what belongs to no layer
 * @param role the weight's name in the program, for example {@code query.weight}
 * @param tensor the tensor's name in the checkpoint
 * @param shape the tensor's shape there
 * @param transposed whether the tensor is [in, out] (GPT-2)
 * @param rows first and number of the rows wanted of a joint projection; empty: all
 * @param group first and number of the wanted blocks of a head's rows, and how many make a group,
 *     where query, key and value alternate by head (GPT-NeoX, Falcon); empty: no blocks
 * @param halves whether a head's rotated rows, which come in pairs, are to be put as halves
 * @param plus what is added to every element (Gemma's norms are stored less one)
 * @param f32 whether it stays f32 whatever the precision
 */
record Recipe(
    int layer,
    String role,
    String tensor,
    List<Long> shape,
    boolean transposed,
    List<Long> rows,
    List<Long> group,
    boolean halves,
    double plus,
    boolean f32) {
  Recipe {
    shape = List.copyOf(shape);
    rows = List.copyOf(rows);
    group = List.copyOf(group);
  }

  /** The same for another role. */
  Recipe under(String otherRole) {
    return new Recipe(layer, otherRole, tensor, shape, transposed, rows, group, halves, plus, f32);
  }

  /** Whether the weight is a part of the tensor as it lies in memory. */
  boolean isView() {
    return !transposed && group.isEmpty() && !halves && plus == 0;
  }
}

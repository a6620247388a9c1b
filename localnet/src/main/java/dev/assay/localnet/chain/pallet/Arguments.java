package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.Field;
import java.util.List;

/** The arguments of a call. */
public record Arguments(List<Field<?>> fields, List<Object> values) {

  /** The argument of a field, which is recognised by its name. */
  // The value was read by a shape of the field's name in the same declaration.
  @SuppressWarnings("unchecked")
  public <T> T get(Field<T> field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field.name())) {
        return (T) values.get(i);
      }
    }
    throw new IllegalArgumentException("no argument named " + field.name());
  }
}

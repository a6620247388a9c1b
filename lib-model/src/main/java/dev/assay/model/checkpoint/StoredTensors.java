package dev.assay.model.checkpoint;

import dev.assay.model.architecture.ExpectedTensor;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a file under the names that their family gives them: files saved from the model
 * without its head lack a prefix on every name.
 */
final class StoredTensors {
  private StoredTensors() {}

  /** The same tensors in the same order. */
  static Map<String, TensorEntry> named(
      List<ExpectedTensor> expected, Map<String, TensorEntry> stored) {
    String prefix = prefix(expected);
    Set<String> known = new HashSet<>();
    expected.forEach(tensor -> known.add(tensor.name()));
    // A head beside names without a prefix is not a file of the model without its head.
    if (stored.keySet().stream()
        .anyMatch(name -> name.startsWith(prefix) || known.contains(name))) {
      return stored;
    }
    Map<String, TensorEntry> named = new LinkedHashMap<>();
    stored.forEach((name, entry) -> named.put(prefix + name, entry.named(prefix + name)));
    return Collections.unmodifiableMap(named);
  }

  /** What the family's names begin with, such as {@code model.}. */
  static String prefix(List<ExpectedTensor> expected) {
    String name = expected.get(0).name();
    return name.substring(0, name.indexOf('.') + 1);
  }
}

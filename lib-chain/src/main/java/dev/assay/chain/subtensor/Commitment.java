package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import java.util.List;
import java.util.Optional;

/**
 * What one hotkey has committed to a subnet, or why it cannot be read.
 *
 * @param block the height at which it was committed; 0 where unreadable
 * @param fields in their order; empty where unreadable
 * @param problem why the bytes could not be read, if they could not
 */
public record Commitment(
    AccountId hotkey, long block, List<Field> fields, Optional<String> problem) {
  public Commitment {
    fields = List.copyOf(fields);
  }

  /**
   * A field: its kind on the chain, such as {@code Raw}, {@code Sha256}, {@code BigRaw}, and its
   * bytes.
   */
  public record Field(String kind, dev.assay.chain.metadata.Value bytes) {}

  /** The bytes of the first field that holds any; none where there is no such field. */
  public byte[] content() {
    return told().map(field -> field.bytes().asBytes()).orElse(new byte[0]);
  }

  /**
   * What {@link #content} is, by the chain's name; of a commitment without bytes its first field's,
   * which may be a flag. {@code None} without any field, {@code Unreadable} where there is a {@link
   * #problem}.
   */
  public String kind() {
    if (problem.isPresent()) {
      return "Unreadable";
    }
    return told().or(() -> fields.stream().findFirst()).map(Field::kind).orElse("None");
  }

  private Optional<Field> told() {
    return fields.stream().filter(field -> field.bytes().asBytes().length > 0).findFirst();
  }
}

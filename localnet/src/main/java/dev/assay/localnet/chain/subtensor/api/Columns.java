package dev.assay.localnet.chain.subtensor.api;

import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A struct as a list of named values of a subject, each of which says where it comes from. It can
 * be answered whole or in part.
 */
final class Columns<S> {
  private final String path;
  private final boolean ofAccounts;
  private final List<Column<S, ?>> columns = new ArrayList<>();

  private record Column<S, T>(String name, Shape<T> shape, Function<S, T> value) {
    private void write(ScaleWriter out, S subject) {
      shape.encoder().accept(out, value.apply(subject));
    }
  }

  /**
   * A struct without columns yet.
   *
   * @param ofAccounts whether the struct is generic over the type of accounts
   */
  Columns(String path, boolean ofAccounts) {
    this.path = path;
    this.ofAccounts = ofAccounts;
  }

  <T> Columns<S> add(String name, Shape<T> shape, Function<S, T> value) {
    columns.add(new Column<>(name, shape, value));
    return this;
  }

  /** Adds columns of another struct, by their names with spaces between them. */
  Columns<S> taking(Columns<S> other, String names) {
    for (String name : names.split(" ", -1)) {
      columns.add(
          other.columns.stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no column " + name)));
    }
    return this;
  }

  /** Adds all columns of another struct. */
  Columns<S> takingAll(Columns<S> other) {
    columns.addAll(other.columns);
    return this;
  }

  /** The struct with all its columns; only written, never read. */
  Shape<S> whole() {
    List<TypeNode.Member> members = new ArrayList<>();
    columns.forEach(column -> members.add(Field.field(column.name(), column.shape()).member()));
    return new Shape<>(
        type(members),
        1,
        (out, subject) -> columns.forEach(column -> column.write(out, subject)),
        in -> {
          throw new UnsupportedOperationException("the node answers " + path + ", it asks nobody");
        });
  }

  /** What a selection answers. */
  record Selection<S>(S subject, Set<Integer> indices) {}

  /** The struct with its first column and an option of each other one. */
  Shape<Selection<S>> selective() {
    List<TypeNode.Member> members = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Shape<?> shape = columns.get(i).shape();
      Shape<?> given = i == 0 ? shape : Shapes.option(shape);
      members.add(Field.field(columns.get(i).name(), given).member());
    }
    return new Shape<>(
        type(members),
        1,
        this::writeSelected,
        in -> {
          throw new UnsupportedOperationException("the node answers " + path + ", it asks nobody");
        });
  }

  private void writeSelected(ScaleWriter out, Selection<S> selection) {
    columns.get(0).write(out, selection.subject());
    for (int i = 1; i < columns.size(); i++) {
      boolean selected = selection.indices().contains(i);
      out.bool(selected);
      if (selected) {
        columns.get(i).write(out, selection.subject());
      }
    }
  }

  private TypeNode type(List<TypeNode.Member> members) {
    List<Parameter> parameters =
        ofAccounts
            ? List.of(new Parameter("AccountId", Optional.of(Shapes.ACCOUNT.type())))
            : List.of();
    return new TypeNode.Composite(Shapes.path(path), parameters, members);
  }
}

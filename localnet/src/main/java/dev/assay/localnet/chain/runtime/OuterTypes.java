package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The enums that a runtime makes of its pallets' calls, events and errors. */
record OuterTypes(TypeNode call, TypeNode event, TypeNode error) {
  private static final String RUNTIME = "node_subtensor_runtime::";

  OuterTypes(List<Pallet> pallets) {
    this(
        outer("RuntimeCall", pallets, OuterTypes::calls),
        outer("RuntimeEvent", pallets, OuterTypes::events),
        outer("RuntimeError", pallets, OuterTypes::errors));
  }

  static Optional<TypeNode> calls(Pallet pallet) {
    return variant(pallet, "Call", pallet.calls().stream().map(OuterTypes::callCase).toList());
  }

  static Optional<TypeNode> events(Pallet pallet) {
    return variant(pallet, "Event", pallet.events().stream().map(OuterTypes::eventCase).toList());
  }

  static Optional<TypeNode> errors(Pallet pallet) {
    return variant(pallet, "Error", pallet.errors().stream().map(OuterTypes::errorCase).toList());
  }

  private static TypeNode.Case callCase(Call call) {
    return new TypeNode.Case(call.name(), call.index(), members(call.fields()));
  }

  private static TypeNode.Case eventCase(EventType event) {
    return new TypeNode.Case(event.name(), event.index(), members(event.fields()));
  }

  private static TypeNode.Case errorCase(PalletError error) {
    return new TypeNode.Case(error.title(), error.index(), List.of(), List.of(error.sentence()));
  }

  private static List<TypeNode.Member> members(List<Field<?>> fields) {
    List<TypeNode.Member> members = new ArrayList<>();
    fields.forEach(field -> members.add(field.member()));
    return members;
  }

  private static Optional<TypeNode> variant(Pallet pallet, String name, List<TypeNode.Case> cases) {
    if (cases.isEmpty()) {
      return Optional.empty();
    }
    List<TypeNode.Parameter> parameters = new ArrayList<>();
    for (String parameter : List.of("T", "I").subList(0, pallet.genericArity())) {
      parameters.add(new TypeNode.Parameter(parameter, Optional.empty()));
    }
    List<String> path = List.of(pallet.crate(), "pallet", name);
    return Optional.of(new TypeNode.Variant(path, parameters, cases));
  }

  private static TypeNode outer(
      String name, List<Pallet> pallets, Function<Pallet, Optional<TypeNode>> part) {
    List<TypeNode.Case> cases = new ArrayList<>();
    for (Pallet pallet : pallets) {
      part.apply(pallet)
          .ifPresent(
              type ->
                  cases.add(
                      new TypeNode.Case(
                          pallet.name(), pallet.index(), List.of(Field.positional(type)))));
    }
    return new TypeNode.Variant(Shapes.path(RUNTIME + name), List.of(), cases);
  }
}

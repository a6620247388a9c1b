package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MissingItemException;
import dev.assay.chain.metadata.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads hyperparameters by the newest runtime API that the chain has. */
final class HyperparametersQuery {
  private static final String API = "SubnetInfoRuntimeApi";
  private static final List<String> METHODS =
      List.of("get_subnet_hyperparams_v3", "get_subnet_hyperparams_v2", "get_subnet_hyperparams");

  private HyperparametersQuery() {}

  static Hyperparameters read(BlockView block, int netuid) {
    Value result = block.runtimeCall(API, method(block.metadata()), Value.of(netuid));
    Value found =
        result instanceof Value.Variant
            ? result
                .asOptional()
                .orElseThrow(() -> new UnknownSubnetException(netuid, block.number()))
            : result;
    return new Hyperparameters(
        netuid, found instanceof Value.Struct struct ? named(struct) : listed(found));
  }

  private static String method(Metadata metadata) {
    return METHODS.stream()
        .filter(method -> metadata.findMethod(API, method).isPresent())
        .findFirst()
        .orElseThrow(() -> new MissingItemException("runtime API", API + "_" + METHODS.get(2)));
  }

  /** Versions 1 and 2 are a struct; a fixed-point number is a struct of its bits. */
  private static Map<String, Value> named(Value.Struct struct) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (String name : struct.names()) {
      values.put(name, bare(struct.field(name)));
    }
    return values;
  }

  /** Version 3 is a list of names and tagged values. */
  private static Map<String, Value> listed(Value list) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Value each : list.asList()) {
      values.put(each.field("name").asText(), bare(each.field("value").at(0)));
    }
    return values;
  }

  private static Value bare(Value value) {
    return value.find("bits").orElse(value);
  }
}

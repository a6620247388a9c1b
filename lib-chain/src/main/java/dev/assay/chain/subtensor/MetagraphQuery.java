package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.MissingItemException;
import dev.assay.chain.metadata.Type;
import dev.assay.chain.metadata.TypeRegistry;
import dev.assay.chain.metadata.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a metagraph by the narrowest runtime API that the chain has: the selective one with the
 * fields that a {@link Neuron} needs, else the whole, else the list of neurons.
 */
final class MetagraphQuery {
  private static final String API = "SubnetInfoRuntimeApi";
  private static final Set<String> FIELDS =
      Set.of(
          "netuid",
          "hotkeys",
          "coldkeys",
          "axons",
          "active",
          "validator_permit",
          "last_update",
          "emission",
          "dividends",
          "incentives",
          "consensus",
          "trust",
          "rank",
          "block_at_registration",
          "total_stake");

  private final BlockView block;
  private final int netuid;
  private final Optional<Integer> mechanism;

  private MetagraphQuery(BlockView block, int netuid, Optional<Integer> mechanism) {
    this.block = block;
    this.netuid = netuid;
    this.mechanism = mechanism;
  }

  /** A subnet as a whole. */
  static Metagraph read(BlockView block, int netuid) {
    return new MetagraphQuery(block, netuid, Optional.empty()).read();
  }

  /** One mechanism of a subnet. */
  static Metagraph read(BlockView block, int netuid, int mechanism) {
    return new MetagraphQuery(block, netuid, Optional.of(mechanism)).read();
  }

  private Metagraph read() {
    String whole = mechanism.isPresent() ? "get_mechagraph" : "get_metagraph";
    String selective =
        mechanism.isPresent() ? "get_selective_mechagraph" : "get_selective_metagraph";
    List<Neuron> neurons;
    if (block.metadata().findMethod(API, selective).isPresent()) {
      neurons = columns(call(selective, Optional.of(selectedIndices(selective))));
    } else if (block.metadata().findMethod(API, whole).isPresent()) {
      neurons = columns(call(whole, Optional.empty()));
    } else if (mechanism.isPresent()) {
      throw new MissingItemException("runtime API", API + "_" + whole);
    } else {
      neurons = rows();
    }
    return new Metagraph(netuid, block.number(), block.hash(), neurons);
  }

  private Value call(String method, Optional<Value> indices) {
    List<Value> arguments = new ArrayList<>();
    arguments.add(Value.of(netuid));
    mechanism.ifPresent(each -> arguments.add(Value.of(each)));
    indices.ifPresent(arguments::add);
    return block.runtimeCall(API, method, arguments.toArray(Value[]::new));
  }

  /** A field's index is its place in the struct that the call returns. */
  private Value selectedIndices(String method) {
    TypeRegistry types = block.metadata().types();
    List<Long> indices = new ArrayList<>();
    if (types.type(block.metadata().method(API, method).output()).shape()
            instanceof Type.Shape.Enumeration option
        && types.type(option.variants().get(1).fields().get(0).type()).shape()
            instanceof Type.Shape.Composite struct) {
      for (int i = 0; i < struct.fields().size(); i++) {
        if (struct.fields().get(i).name().filter(FIELDS::contains).isPresent()) {
          indices.add((long) i);
        }
      }
    }
    return Value.of(indices.stream().mapToLong(Long::longValue).toArray());
  }

  private List<Neuron> columns(Value result) {
    Value metagraph =
        result.asOptional().orElseThrow(() -> new UnknownSubnetException(netuid, block.number()));
    return new MetagraphColumns(metagraph).neurons();
  }

  /** Rows carry all but the block of registration, which storage has. */
  private List<Neuron> rows() {
    List<Value> rows =
        block.runtimeCall("NeuronInfoRuntimeApi", "get_neurons_lite", Value.of(netuid)).asList();
    if (rows.isEmpty()) {
      throw new UnknownSubnetException(netuid, block.number());
    }
    Map<Long, Long> registered = new HashMap<>();
    block
        .entries("SubtensorModule", "BlockAtRegistration", Value.of(netuid))
        .forEach(entry -> registered.put(entry.key(1).asLong(), entry.value().asLong()));
    return rows.stream().map(row -> neuron(row, registered)).toList();
  }

  private static Neuron neuron(Value row, Map<Long, Long> registered) {
    int uid = row.field("uid").asInt();
    long stake = 0;
    for (Value part : row.field("stake").asList()) {
      stake += part.at(1).asLong();
    }
    return new Neuron(
        uid,
        AccountId.of(row.field("hotkey").asBytes(AccountId.LENGTH)),
        AccountId.of(row.field("coldkey").asBytes(AccountId.LENGTH)),
        row.field("active").asBoolean(),
        row.field("validator_permit").asBoolean(),
        stake,
        row.field("emission").asLong(),
        row.field("incentive").asInt(),
        row.field("dividends").asInt(),
        row.field("consensus").asInt(),
        row.field("trust").asInt(),
        row.field("rank").asInt(),
        row.field("last_update").asLong(),
        registered.getOrDefault((long) uid, 0L),
        Axon.of(row.field("axon_info")));
  }
}

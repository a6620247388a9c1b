package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code neuronInfo_*}, {@code subnetInfo_*} and {@code delegateInfo_*} of subtensor's node:
 * runtime APIs under names of their own. What they answer is an array of the encoded answer's
 * bytes.
 */
record RuntimeApiMethods(StateMethods state) {
  private static final String NEURONS = "NeuronInfoRuntimeApi_";
  private static final String SUBNETS = "SubnetInfoRuntimeApi_";
  private static final String DELEGATES = "DelegateInfoRuntimeApi_";

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("neuronInfo_getNeurons", numbers(NEURONS + "get_neurons", 1));
    methods.put("neuronInfo_getNeuron", numbers(NEURONS + "get_neuron", 2));
    methods.put("neuronInfo_getNeuronsLite", numbers(NEURONS + "get_neurons_lite", 1));
    methods.put("neuronInfo_getNeuronLite", numbers(NEURONS + "get_neuron_lite", 2));
    methods.put("subnetInfo_getSubnetInfo", numbers(SUBNETS + "get_subnet_info", 1));
    methods.put("subnetInfo_getSubnetsInfo", numbers(SUBNETS + "get_subnets_info", 0));
    methods.put("subnetInfo_getSubnetInfo_v2", numbers(SUBNETS + "get_subnet_info_v2", 1));
    methods.put("subnetInfo_getSubnetsInfo_v2", numbers(SUBNETS + "get_subnets_info_v2", 0));
    methods.put("subnetInfo_getSubnetHyperparams", numbers(SUBNETS + "get_subnet_hyperparams", 1));
    methods.put(
        "subnetInfo_getSubnetHyperparamsV2", numbers(SUBNETS + "get_subnet_hyperparams_v2", 1));
    methods.put("subnetInfo_getDynamicInfo", numbers(SUBNETS + "get_dynamic_info", 1));
    methods.put("subnetInfo_getAllDynamicInfo", numbers(SUBNETS + "get_all_dynamic_info", 0));
    methods.put("subnetInfo_getMetagraph", numbers(SUBNETS + "get_metagraph", 1));
    methods.put("subnetInfo_getAllMetagraphs", numbers(SUBNETS + "get_all_metagraphs", 0));
    methods.put("subnetInfo_getSubnetState", numbers(SUBNETS + "get_subnet_state", 1));
    methods.put("subnetInfo_getSelectiveMetagraph", this::selectiveMetagraph);
    methods.put("subnetInfo_getLockCost", this::lockCost);
    methods.put("delegateInfo_getDelegates", numbers(DELEGATES + "get_delegates", 0));
    methods.put("delegateInfo_getDelegate", account(DELEGATES + "get_delegate"));
    methods.put("delegateInfo_getDelegated", account(DELEGATES + "get_delegated"));
    return methods;
  }

  /** A function of so many numbers of 16 bits; the block comes after them. */
  private RpcMethod numbers(String function, int count) {
    return (params, exchange) -> {
      ScaleWriter arguments = new ScaleWriter();
      for (int i = 0; i < count; i++) {
        arguments.u16(number(params, i));
      }
      return bytes(state.call(function, arguments.toByteArray(), params, count));
    };
  }

  /** A function of an account, given as an array of its bytes. */
  private RpcMethod account(String function) {
    return (params, exchange) -> {
      JsonNode listed = params.array().path(0);
      ScaleWriter account = new ScaleWriter();
      for (JsonNode each : listed) {
        account.u8(each.asInt() & 0xff);
      }
      if (listed.size() != 32) {
        throw RpcException.invalidParams("an account is an array of 32 bytes");
      }
      return bytes(state.call(function, account.toByteArray(), params, 1));
    };
  }

  private JsonNode selectiveMetagraph(Params params, Exchange exchange) throws RpcException {
    ScaleWriter arguments = new ScaleWriter().u16(number(params, 0));
    JsonNode indexes = params.array().path(1);
    arguments.compact(indexes.size());
    for (JsonNode index : indexes) {
      arguments.u16(index.asInt() & 0xffff);
    }
    return bytes(
        state.call(SUBNETS + "get_selective_metagraph", arguments.toByteArray(), params, 2));
  }

  private JsonNode lockCost(Params params, Exchange exchange) throws RpcException {
    byte[] cost =
        state.call(
            "SubnetRegistrationRuntimeApi_get_network_registration_cost", new byte[0], params, 0);
    return LongNode.valueOf(new ScaleReader(cost).u64());
  }

  private static int number(Params params, int index) throws RpcException {
    long number =
        params
            .number(index)
            .orElseThrow(() -> RpcException.invalidParams("parameter " + index + " is missing"));
    if (number < 0 || number > 0xffff) {
      throw RpcException.invalidParams("parameter " + index + " is not 0 to 65535: " + number);
    }
    return (int) number;
  }

  private static JsonNode bytes(byte[] encoded) {
    ArrayNode array = Json.array();
    for (byte each : encoded) {
      array.add(each & 0xff);
    }
    return array;
  }
}

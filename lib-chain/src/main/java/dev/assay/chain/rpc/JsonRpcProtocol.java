package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.googlecode.jsonrpc4j.JsonRpcClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * jsonrpc4j's messages, without its transports, and batches of them, which it lacks. It extends the
 * library's client because the test of an answer for errors is open to subclasses only.
 */
final class JsonRpcProtocol extends JsonRpcClient {
  private final ObjectMapper mapper;

  JsonRpcProtocol(ObjectMapper mapper) {
    super(mapper, new PlainExceptionResolver());
    this.mapper = mapper;
  }

  /** One request as an object, several as an array; ids count up from {@code firstId}. */
  JsonNode message(List<RpcRequest> requests, long firstId) {
    ArrayNode messages = mapper.createArrayNode();
    for (int i = 0; i < requests.size(); i++) {
      RpcRequest request = requests.get(i);
      messages.add(
          createRequest(request.method(), request.parameters(), Long.toString(firstId + i)));
    }
    return messages.size() == 1 ? messages.get(0) : messages;
  }

  /**
   * The results of {@code count} requests in their order, whatever the order of the answers.
   *
   * @throws RpcErrorException if one of them, or the batch as a whole, failed
   * @throws RpcUnreachableException if an answer is missing
   */
  List<JsonNode> results(JsonNode answer, long firstId, int count) {
    if (answer instanceof ObjectNode only && (count == 1 || hasError(only))) {
      return List.of(result(only));
    }
    Map<String, ObjectNode> byId = new HashMap<>();
    for (JsonNode each : answer) {
      if (each instanceof ObjectNode one) {
        byId.put(one.path("id").asText(), one);
      }
    }
    List<JsonNode> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ObjectNode one = byId.get(Long.toString(firstId + i));
      if (one == null) {
        throw new RpcUnreachableException(
            "the answer lacks the result of request %d of %d".formatted(i + 1, count));
      }
      results.add(result(one));
    }
    return results;
  }

  /** The result of one answer. */
  JsonNode result(ObjectNode answer) {
    if (hasError(answer)) {
      throw PlainExceptionResolver.exception(answer);
    }
    JsonNode result = answer.get("result");
    return result == null ? mapper.nullNode() : result;
  }
}

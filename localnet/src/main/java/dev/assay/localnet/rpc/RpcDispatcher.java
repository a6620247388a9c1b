package dev.assay.localnet.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads JSON-RPC 2.0 messages, single ones and batches, and has them answered. */
final class RpcDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(RpcDispatcher.class);
  private static final int MAX_DEPTH = 16;
  private static final int MAX_BATCH = 1000;

  private static final ObjectMapper JSON = mapper();

  private final Map<String, RpcMethod> methods;

  RpcDispatcher(Map<String, RpcMethod> methods) {
    this.methods = Map.copyOf(methods);
  }

  /** The answer; nothing when no part of the message asks for one. */
  Optional<String> answer(String message, Exchange exchange) {
    JsonNode request;
    try {
      request = JSON.readTree(message);
    } catch (JsonProcessingException e) {
      return Optional.of(failure(NullNode.instance, -32700, "Parse error").toString());
    }
    if (!request.isArray()) {
      return single(request, exchange).map(JsonNode::toString);
    }
    if (request.isEmpty() || request.size() > MAX_BATCH) {
      String why = "a batch holds 1 to " + MAX_BATCH + " requests, not " + request.size();
      return Optional.of(failure(NullNode.instance, -32600, why).toString());
    }
    ArrayNode answers = JSON.createArrayNode();
    request.forEach(each -> single(each, exchange).ifPresent(answers::add));
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.toString());
  }

  private Optional<JsonNode> single(JsonNode request, Exchange exchange) {
    JsonNode id = request.path("id");
    JsonNode name = request.path("method");
    JsonNode params = request.path("params");
    boolean listed = params.isArray() || params.isMissingNode() || params.isNull();
    if (!request.isObject() || !name.isTextual() || !listed) {
      return Optional.of(
          failure(id.isMissingNode() ? NullNode.instance : id, -32600, "Invalid request"));
    }
    ObjectNode answer = call(id, name.textValue(), params, exchange);
    return id.isMissingNode() ? Optional.empty() : Optional.of(answer);
  }

  private ObjectNode call(JsonNode id, String name, JsonNode params, Exchange exchange) {
    RpcMethod method = methods.get(name);
    if (method == null) {
      return failure(id, -32601, "Method not found");
    }
    try {
      JsonNode array = params.isArray() ? params : JSON.createArrayNode();
      ObjectNode answer = envelope();
      answer.set("result", method.call(new Params(array), exchange));
      answer.set("id", id);
      return answer;
    } catch (RpcException e) {
      ObjectNode answer = failure(id, e.code(), e.getMessage());
      e.data().ifPresent(data -> ((ObjectNode) answer.get("error")).put("data", data));
      return answer;
    } catch (RuntimeException e) {
      LOG.error("{} failed", name, e);
      return failure(id, -32603, "Internal error: " + e.getClass().getSimpleName());
    }
  }

  private static ObjectNode failure(JsonNode id, int code, String message) {
    ObjectNode answer = envelope();
    answer.putObject("error").put("code", code).put("message", message);
    answer.set("id", id);
    return answer;
  }

  private static ObjectNode envelope() {
    return JSON.createObjectNode().put("jsonrpc", "2.0");
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(RpcServer.MAX_MESSAGE)
                .build());
    return mapper;
  }
}

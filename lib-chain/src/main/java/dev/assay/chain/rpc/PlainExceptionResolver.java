package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.googlecode.jsonrpc4j.ExceptionResolver;

/**
 * Turns an error into an {@link RpcErrorException}, always. The library's own resolver instantiates
 * the class that the server names in {@code data.exceptionTypeName}.
 */
final class PlainExceptionResolver implements ExceptionResolver {
  @Override
  public Throwable resolveException(ObjectNode response) {
    return exception(response);
  }

  static RpcErrorException exception(ObjectNode response) {
    JsonNode error = response.path("error");
    JsonNode data = error.path("data");
    return new RpcErrorException(
        error.path("code").asInt(),
        error.path("message").asText("no message"),
        data.isTextual() ? data.asText() : data.isMissingNode() ? "" : data.toString());
  }
}

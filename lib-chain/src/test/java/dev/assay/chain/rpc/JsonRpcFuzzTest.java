package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * Hostile answers of an endpoint: as many results as requests, or one of the two exceptions of the
 * interface.
 */
class JsonRpcFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonRpcProtocol PROTOCOL = new JsonRpcProtocol(MAPPER);

  @FuzzTest
  void anAnswerGivesItsResultsOrAPlainException(byte[] bytes) {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(bytes);
    } catch (IOException notJson) {
      return;
    }
    for (int count = 1; count <= 3; count++) {
      try {
        List<JsonNode> results = PROTOCOL.results(answer, 0, count);
        assertThat(results).hasSize(count).doesNotContainNull();
      } catch (RpcErrorException | RpcUnreachableException told) {
        assertThat(told.getMessage()).isNotBlank();
      }
    }
  }
}

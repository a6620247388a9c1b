package dev.assay.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.rpc.ScriptedRpcClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hostile results of well-formed answers: each method of a node reads them or says that they are of
 * no use.
 */
class NodeFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Hash BLOCK = Hash.of(new byte[Hash.LENGTH]);
  private static final byte[] KEY = {1, 2};
  private static final List<Function<Node, Object>> METHODS =
      List.of(
          node -> node.blockHash(1),
          Node::bestHead,
          Node::finalizedHead,
          node -> node.header(BLOCK),
          node -> node.extrinsics(BLOCK),
          node -> node.runtimeVersion(BLOCK),
          node -> node.headerAndVersion(BLOCK),
          node -> node.metadataV14(BLOCK),
          node -> node.storage(KEY, BLOCK),
          node -> node.keys(KEY, 10, Optional.empty(), BLOCK),
          node -> node.storage(List.of(KEY), BLOCK),
          node -> node.runtimeCall("Core_version", KEY, BLOCK),
          node -> node.nextIndex(AccountId.of(new byte[AccountId.LENGTH])),
          node -> node.submit(KEY));

  @FuzzTest
  void aResultIsReadOrCalledUnusable(byte[] bytes) {
    JsonNode result;
    try {
      result = MAPPER.readTree(bytes);
    } catch (IOException notJson) {
      return;
    }
    Node node = new Node(new ScriptedRpcClient(result));
    for (Function<Node, Object> method : METHODS) {
      try {
        assertThat(method.apply(node)).isNotNull();
      } catch (RpcUnreachableException | UnknownBlockException unusable) {
        assertThat(unusable.getMessage()).isNotBlank();
      }
    }
  }

  /** A node that answers with other keys than it was asked for. */
  @FuzzTest
  void valuesOfOtherKeysAreUnusable(byte[] bytes) {
    JsonNode result;
    try {
      result = MAPPER.readTree(bytes);
    } catch (IOException notJson) {
      return;
    }
    try {
      assertThat(new Node(new ScriptedRpcClient(result)).storage(List.of(KEY), BLOCK).keySet())
          .isSubsetOf("0x0102");
    } catch (RpcUnreachableException unusable) {
      assertThat(unusable.getMessage()).isNotBlank();
    }
  }
}

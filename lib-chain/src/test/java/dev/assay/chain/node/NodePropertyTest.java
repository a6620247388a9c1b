package dev.assay.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.rpc.ScriptedRpcClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever JSON an endpoint answers, a method gives a value or says that it is not usable. */
class NodePropertyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Hash BLOCK = Hash.of(new byte[32]);
  private static final List<Consumer<Node>> METHODS =
      List.of(
          node -> node.blockHash(1),
          Node::bestHead,
          Node::finalizedHead,
          node -> node.header(BLOCK),
          node -> node.extrinsics(BLOCK),
          node -> node.runtimeVersion(BLOCK),
          node -> node.storage(new byte[] {1}, BLOCK),
          node -> node.storage(List.of(new byte[] {1}), BLOCK),
          node -> node.keys(new byte[] {1}, 5, Optional.empty(), BLOCK),
          node -> node.runtimeCall("Core_version", new byte[0], BLOCK),
          node -> node.submit(new byte[] {1}));

  @Property(tries = 1500)
  void anyJsonIsAValueOrNoUsableAnswer(
      @ForAll("answers") String answer, @ForAll @IntRange(max = 10) int method)
      throws JsonProcessingException {
    Node node = new Node(new ScriptedRpcClient(MAPPER.readTree(answer)));
    try {
      METHODS.get(method).accept(node);
    } catch (RpcUnreachableException | UnknownBlockException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(300);
    }
  }

  @Provide
  Arbitrary<String> answers() {
    Arbitrary<String> leaves =
        Arbitraries.of(
            "null",
            "true",
            "-1",
            "7",
            "1e400",
            "\"\"",
            "\"0x\"",
            "\"0x01\"",
            "\"01\"",
            "\"0xzz\"",
            "\"0x0\"",
            "\"" + "0x" + "00".repeat(32) + "\"",
            "[]",
            "{}");
    return Arbitraries.lazyOf(
        () -> leaves,
        () -> leaves.list().ofMaxSize(3).map(each -> "[" + String.join(",", each) + "]"),
        () -> leaves.map(each -> "[{\"changes\":[[" + each + "," + each + "]]}]"),
        () -> leaves.map(each -> "[{\"changes\":" + each + "}]"),
        () -> leaves.map(each -> "{\"number\":" + each + ",\"parentHash\":" + each + "}"),
        () -> leaves.map(each -> "{\"block\":{\"extrinsics\":[" + each + "]}}"),
        () ->
            leaves.map(
                each ->
                    "{\"specName\":\"s\",\"specVersion\":%s,\"transactionVersion\":%s}"
                        .formatted(each, each)));
  }
}

package dev.assay.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HttpClientsTest {
  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("SelectorManager"))
        .collect(Collectors.toSet());
  }

  private static void call(String scheme) {
    URI nobody = URI.create(scheme + "://127.0.0.1:1");
    try (RpcClient client =
        scheme.equals("ws")
            ? new WebSocketRpcClient(nobody, RpcLimits.DEFAULT)
            : new HttpRpcClient(nobody, RpcLimits.DEFAULT)) {
      assertThatThrownBy(() -> client.call("system_chain"))
          .isInstanceOf(RpcUnreachableException.class);
    }
  }

  @Test
  void aProcessThatConnectsOftenGathersNoThreads() {
    call("http");
    Set<Thread> before = selectors();
    for (int i = 0; i < 20; i++) {
      call("http");
      call("ws");
    }

    assertThat(selectors()).isNotEmpty().isSubsetOf(before);
  }
}

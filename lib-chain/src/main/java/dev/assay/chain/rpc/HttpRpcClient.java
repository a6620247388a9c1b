package dev.assay.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One endpoint over HTTP. jsonrpc4j makes and reads the messages; the JDK's client carries them,
 * because it can bound time and size. Redirects are not followed.
 */
public final class HttpRpcClient implements RpcClient {
  private final URI endpoint;
  private final RpcLimits limits;
  private final HttpClient http;
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonRpcProtocol protocol = new JsonRpcProtocol(mapper);

  /**
   * @param endpoint an address that starts with {@code http://} or {@code https://}
   */
  public HttpRpcClient(URI endpoint, RpcLimits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.http = HttpClients.connecting(limits.connect());
  }

  @Override
  public List<JsonNode> batch(List<RpcRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    try {
      byte[] message = mapper.writeValueAsBytes(protocol.message(requests, 0));
      JsonNode answer = mapper.readTree(exchange(message));
      return protocol.results(answer, 0, requests.size());
    } catch (IOException notJson) {
      throw new RpcUnreachableException(endpoint() + " answers with what is not JSON", notJson);
    }
  }

  @Override
  public String endpoint() {
    return Endpoint.shown(endpoint);
  }

  /** The JDK's client is the process's: nothing to release. */
  @Override
  public void close() {}

  private byte[] exchange(byte[] message) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, head -> new BoundedBody(limits.largestAnswer()));
    try {
      HttpResponse<byte[]> response =
          pending.get(limits.request().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new RpcUnreachableException(
            endpoint() + " answers with HTTP status " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException late) {
      pending.cancel(true);
      throw new RpcUnreachableException(
          endpoint() + " gave no answer within " + limits.request().toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      throw new RpcUnreachableException(
          endpoint() + " is not reachable: " + Reason.of(failed), failed.getCause());
    } catch (InterruptedException interrupted) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new RpcUnreachableException("interrupted while waiting for " + endpoint(), interrupted);
    }
  }
}

package dev.assay.jobs.wandb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedException;
import dev.assay.model.hub.http.BoundedBody;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a GraphQL service; an answer's size and time are bounded, and no redirect is followed. */
final class GraphQl {
  static final int MOST_BYTES = 32 << 20;
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECTING = Duration.ofSeconds(20);

  /** One for the process: its threads would outlive every client. */
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(CONNECTING).build();

  private final URI service;
  private final Optional<String> key;
  private final Duration patience;

  /**
   * @param key of the user, which no message shows
   * @param patience with one answer
   */
  GraphQl(URI service, Optional<String> key, Duration patience) {
    this.service = service;
    this.key = key;
    this.patience = patience;
  }

  /**
   * What a query is answered with, under {@code data}.
   *
   * @throws FeedException if the service cannot be asked now, or answers with something else
   * @throws ConfigurationException if it refuses
   */
  JsonNode ask(String query, ObjectNode variables) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("query", query);
    body.set("variables", variables);
    JsonNode answer = parsed(send(body));
    JsonNode fault = answer.path("errors").path(0).path("message");
    if (fault.isTextual()) {
      throw new ConfigurationException(service + " refuses the question: " + plain(fault.asText()));
    }
    if (!answer.path("data").isObject()) {
      throw new FeedException(service + " answered with JSON that is no GraphQL answer");
    }
    return answer.path("data");
  }

  private byte[] send(ObjectNode body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    key.ifPresent(secret -> request.header("Authorization", "Basic " + basic(secret)));
    CompletableFuture<HttpResponse<byte[]>> answer =
        HTTP.sendAsync(
            request.build(),
            info -> {
              requireAnswered(info.statusCode());
              return new BoundedBody(MOST_BYTES);
            });
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS).body();
    } catch (TimeoutException slow) {
      throw new FeedException(
          service + " did not end its answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException failed) {
      throw told(failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private RuntimeException told(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FeedException || cause instanceof ConfigurationException) {
        return (RuntimeException) cause;
      }
      if (cause instanceof HubException.TooLarge) {
        return new FeedException(service + " answered with more than " + MOST_BYTES + " bytes");
      }
    }
    return new FeedException(
        service + " cannot be reached: " + Reason.of(failure) + "; check feed.endpoint");
  }

  private static String basic(String key) {
    return Base64.getEncoder().encodeToString(("api:" + key).getBytes(StandardCharsets.UTF_8));
  }

  private void requireAnswered(int status) {
    if (status == 401 || status == 403) {
      throw new ConfigurationException(
          service + " refuses the key, with status " + status + "; set WANDB_API_KEY");
    }
    if (status == 408 || status == 429 || status >= 500) {
      throw new FeedException(service + " answered with status " + status + "; try again later");
    }
    if (status != 200) {
      throw new ConfigurationException(
          service + " has the status " + status + "; give feed.endpoint the address of a project");
    }
  }

  private JsonNode parsed(byte[] bytes) {
    try {
      JsonNode answer = JSON.readTree(bytes);
      return answer == null ? JSON.nullNode() : answer;
    } catch (JsonProcessingException other) {
      throw new FeedException(service + " did not answer with JSON; check feed.endpoint");
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory gives every byte", impossible);
    }
  }

  private static String plain(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }
}

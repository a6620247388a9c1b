package dev.assay.localnet.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.localnet.http.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One HTTP request, with its path split at the slashes and each segment decoded. */
final class HubRequest {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BEARER = "Bearer ";
  private static final int MAX_JSON_BYTES = 8 << 20;

  /** By which addresses of datasets differ from those of models. */
  static final String DATASETS = "datasets";

  private static final String API = "api";

  private final HttpExchange exchange;
  private final List<String> segments;
  private final boolean dataset;

  HubRequest(HttpExchange exchange) {
    this.exchange = exchange;
    String path = exchange.path().substring(1);
    List<String> asked = Arrays.stream(path.split("/", -1)).map(HubRequest::decoded).toList();
    boolean isApi = asked.size() > 1 && asked.get(0).equals(API) && asked.get(1).equals(DATASETS);
    this.dataset = isApi || (asked.size() > 2 && asked.get(0).equals(DATASETS));
    this.segments =
        Stream.concat(
                isApi ? Stream.of(API, "models") : Stream.empty(),
                asked.stream().skip(isApi ? 2 : dataset ? 1 : 0))
            .toList();
  }

  HttpExchange exchange() {
    return exchange;
  }

  String method() {
    return exchange.method();
  }

  /** Whether a dataset is asked for. */
  boolean dataset() {
    return dataset;
  }

  /** Those of the path; for a dataset, those that a model of its name would have. */
  List<String> segments() {
    return segments;
  }

  /** The segments from one on, joined again: a file's path. */
  String rest(int from) {
    return String.join("/", segments.subList(from, segments.size()));
  }

  /** The query's parameters; of several with one name the last. */
  Map<String, String> query() {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.query().orElse("");
    if (!query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        parameters.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  Optional<String> header(String name) {
    return exchange.header(name);
  }

  Optional<String> bearerToken() {
    return header("Authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()));
  }

  InputStream body() {
    return exchange.body();
  }

  /** The body as JSON, of at most 8 MiB. */
  JsonNode json() throws IOException {
    byte[] bytes = body().readNBytes(MAX_JSON_BYTES + 1);
    if (bytes.length > MAX_JSON_BYTES) {
      throw HubFailure.tooLarge("the request's JSON", bytes.length, MAX_JSON_BYTES);
    }
    return parsed(bytes);
  }

  static JsonNode parsed(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw HubFailure.badRequest("the request is not JSON: " + e.getOriginalMessage());
    }
  }

  /** A text field that must be there. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw HubFailure.badRequest("the request lacks the text '" + field + "'");
    }
    return value.textValue();
  }

  /** A whole, non-negative number that must be there. */
  static long size(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw HubFailure.badRequest("the request lacks the number '" + field + "'");
    }
    return value.longValue();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HubFailure.badRequest("the address holds a malformed percent sign");
    }
  }
}

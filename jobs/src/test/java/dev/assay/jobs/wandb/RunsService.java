package dev.assay.jobs.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.chain.keys.Keypair;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * As much of the service as logging a run and reading it again needs: Python's client writes to it.
 */
public final class RunsService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final class Run {
    private final ObjectNode config = JSON.createObjectNode();
    private final Map<Long, ObjectNode> history = new LinkedHashMap<>();
    private String state = "running";
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<String> authorizations = new ArrayList<>();

  private RunsService(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port. */
  public static RunsService start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RunsService service = new RunsService(server);
    server.createContext("/", service::answer);
    server.setExecutor(service.threads);
    server.start();
    return service;
  }

  /** Its address, as a client is given it. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the requests had as their authorization, in their order. */
  public synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** Adds to a run what its validator would have logged. */
  synchronized void log(String run, Map<String, ?> config, List<? extends Map<String, ?>> steps) {
    Run one = runs.computeIfAbsent(run, name -> new Run());
    config.forEach((key, value) -> one.config.putObject(key).set("value", JSON.valueToTree(value)));
    for (Map<String, ?> step : steps) {
      ObjectNode row = JSON.valueToTree(step);
      one.history.put(row.path("_step").asLong(one.history.size()), row);
    }
  }

  /**
   * Adds a run that its validator has signed, with a prompt and its response.
   *
   * @param time in seconds since 1970
   */
  public void logSigned(Keypair validator, String run, double time) {
    byte[] signature = validator.sign(run.getBytes(StandardCharsets.UTF_8));
    log(
        run,
        Map.of(
            "type", "validator",
            "hotkey", validator.account().ss58(),
            "signature", HexFormat.of().formatHex(signature)),
        List.of(
            Map.of(
                "_step",
                0,
                "_timestamp",
                time,
                "prompts.0",
                "Which run?",
                "responses.0",
                "It is " + run + ".")));
  }

  synchronized void finish(String run) {
    runs.get(run).state = "finished";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
      InputStream in = exchange.getRequestBody();
      byte[] body = ("gzip".equals(encoding) ? new GZIPInputStream(in) : in).readAllBytes();
      boolean isJson = body.length > 0 && exchange.getRequestMethod().equals("POST");
      JsonNode request = isJson ? JSON.readTree(body) : JSON.createObjectNode();
      byte[] answer =
          JSON.writeValueAsBytes(
              exchange.getRequestURI().getPath().equals("/graphql")
                  ? data(exchange, request)
                  : stream(exchange.getRequestURI().getPath(), request));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private synchronized ObjectNode data(HttpExchange exchange, JsonNode request) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String query = request.path("query").asText();
    JsonNode variables = request.path("variables");
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode data = answer.putObject("data");
    if (query.contains("mutation UpsertBucket")) {
      upsert(variables, data.putObject("upsertBucket"));
    } else if (query.contains("query Runs")) {
      runs(variables, data.putObject("project").putObject("runs"));
    } else if (query.contains("query HistoryPage")) {
      history(variables, data.putObject("project").putObject("run").putArray("history"));
    } else if (query.contains("mutation CreateRunFiles")) {
      files(variables, data.putObject("createRunFiles"));
    } else if (query.contains("Viewer") || query.contains("viewer")) {
      ObjectNode viewer = data.putObject("viewer");
      viewer.put("id", "user").put("entity", "cortex-t").put("username", "validator");
      viewer.put("flags", "{}").putObject("teams").putArray("edges");
    } else if (query.contains("RunResumeStatus")) {
      data.putNull("model");
    }
    return answer;
  }

  private void upsert(JsonNode variables, ObjectNode answer) throws IOException {
    String name = variables.path("name").asText();
    Run run = runs.computeIfAbsent(name, each -> new Run());
    if (variables.path("config").isTextual()) {
      run.config.setAll((ObjectNode) JSON.readTree(variables.path("config").asText()));
    }
    answer.put("inserted", true);
    ObjectNode bucket = answer.putObject("bucket");
    bucket.put("id", name).put("name", name).put("displayName", name);
    bucket.put("config", run.config.toString()).put("historyLineCount", run.history.size());
    ObjectNode project = bucket.putObject("project");
    project.put("id", "project").put("name", variables.path("project").asText());
    project.putObject("entity").put("id", "entity").put("name", variables.path("entity").asText());
  }

  /** Where a run's other files go to, which nobody reads. */
  private void files(JsonNode variables, ObjectNode answer) {
    answer.put("runID", variables.path("runName").asText()).putArray("uploadHeaders");
    ArrayNode files = answer.putArray("files");
    for (JsonNode file : variables.path("files")) {
      files.addObject().put("name", file.asText()).put("uploadUrl", address() + "/uploaded");
    }
  }

  private void runs(JsonNode variables, ObjectNode answer) throws IOException {
    JsonNode filters = JSON.readTree(variables.path("filters").asText("{}")).path("$and");
    List<String> names =
        runs.entrySet().stream()
            .filter(run -> fits(run.getValue(), filters))
            .map(Map.Entry::getKey)
            .toList();
    int from = variables.path("after").asInt(0);
    int to = Math.min(names.size(), from + variables.path("first").asInt(50));
    ArrayNode edges = answer.putArray("edges");
    for (String name : names.subList(from, to)) {
      Run run = runs.get(name);
      long last = run.history.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
      ObjectNode node = edges.addObject().putObject("node");
      node.put("name", name).put("config", run.config.toString());
      node.putObject("historyKeys").put("lastStep", last);
    }
    ObjectNode page = answer.putObject("pageInfo");
    page.put("endCursor", Integer.toString(to)).put("hasNextPage", to < names.size());
  }

  private static boolean fits(Run run, JsonNode filters) {
    for (JsonNode filter : filters) {
      String key = filter.fieldNames().next();
      String there =
          key.equals("state")
              ? run.state
              : run.config.path(key.substring("config.".length())).path("value").asText();
      if (!there.equals(filter.path(key).asText())) {
        return false;
      }
    }
    return true;
  }

  private void history(JsonNode variables, ArrayNode answer) {
    runs.get(variables.path("run").asText())
        .history
        .forEach(
            (step, row) -> {
              if (step >= variables.path("minStep").asLong()
                  && step < variables.path("maxStep").asLong()) {
                answer.add(row.toString());
              }
            });
  }

  /** Lines of a run's history, which the client sends at their number. */
  private synchronized ObjectNode stream(String path, JsonNode request) throws IOException {
    String[] parts = path.split("/", -1);
    if (parts.length == 6 && parts[5].equals("file_stream")) {
      Run run = runs.computeIfAbsent(parts[4], name -> new Run());
      for (JsonNode line : request.path("files").path("wandb-history.jsonl").path("content")) {
        ObjectNode row = (ObjectNode) JSON.readTree(line.asText());
        run.history.put(row.path("_step").asLong(), row);
      }
    }
    return JSON.createObjectNode();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.assay.localnet.hub;

import dev.assay.localnet.http.HttpExchange;
import dev.assay.localnet.http.HttpHandler;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a request asks for and has it answered; every failure becomes an answer. */
final class HubRoutes implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HubRoutes.class);
  private static final String BATCH = "/info/lfs/objects/batch";

  private final Tokens tokens;
  private final ModelApi models;
  private final LargeFileApi largeFiles;
  private final ResolveApi files;

  HubRoutes(Tokens tokens, ModelApi models, LargeFileApi largeFiles, ResolveApi files) {
    this.tokens = tokens;
    this.models = models;
    this.largeFiles = largeFiles;
    this.files = files;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      HubRequest request = new HubRequest(exchange);
      tokens.namespace(request);
      route(request);
    } catch (HubFailure e) {
      HubResponse.failure(exchange, e);
    } catch (RuntimeException e) {
      LOG.error("the hub failed to answer {}", exchange.method(), e);
      HubResponse.failure(exchange, new HubFailure(500, "Internal", "the hub failed; see its log"));
    }
  }

  private void route(HubRequest request) throws IOException {
    switch (request.method()) {
      case "GET", "HEAD" -> read(request);
      case "POST" -> write(request);
      case "PUT" -> put(request);
      default -> throw new HubFailure(405, "MethodNotAllowed", "use GET, HEAD, POST or PUT");
    }
  }

  private void read(HubRequest request) throws IOException {
    List<String> path = request.segments();
    if (startsWith(path, "api", "whoami-v2") && path.size() == 2) {
      models.whoAmI(request);
    } else if (startsWith(path, "api", "models") && path.size() == 4) {
      models.information(request, visible(request, path, 2), Repositories.BRANCH);
    } else if (isModel(path, "revision") && path.size() == 6) {
      models.information(request, visible(request, path, 2), path.get(5));
    } else if (isModel(path, "tree")) {
      models.tree(request, visible(request, path, 2), path.get(5), request.rest(6));
    } else if (path.size() >= 5 && path.get(2).equals("resolve")) {
      files.resolve(request, visible(request, path, 0), path.get(3), request.rest(4));
    } else {
      throw notServed();
    }
  }

  private void write(HubRequest request) throws IOException {
    List<String> path = request.segments();
    String whole = request.rest(0);
    if (whole.equals("api/repos/create")) {
      models.create(request);
    } else if (whole.equals("api/validate-yaml")) {
      models.validateCard(request);
    } else if (isModel(path, "preupload") && path.size() == 6) {
      models.preupload(request, name(request, path, 2), path.get(5));
    } else if (isModel(path, "commit") && path.size() == 6) {
      models.commit(request, name(request, path, 2), path.get(5));
    } else if (path.size() == 6 && whole.endsWith(".git" + BATCH)) {
      String repository = path.get(1).substring(0, path.get(1).length() - ".git".length());
      largeFiles.batch(request, new RepositoryName(request.dataset(), path.get(0), repository));
    } else {
      throw notServed();
    }
  }

  /** A repository that the request may read; of a private one, others learn nothing. */
  private RepositoryName visible(HubRequest request, List<String> path, int at) {
    RepositoryName name = name(request, path, at);
    models.requireVisible(request, name);
    return name;
  }

  private void put(HubRequest request) throws IOException {
    if (isSettings(request.segments())) {
      models.settings(request, name(request, request.segments(), 2));
      return;
    }
    if (request.segments().size() != 4
        || !request.segments().get(0).equals(LargeFileApi.UPLOAD_PATH)) {
      throw notServed();
    }
    largeFiles.upload(request);
  }

  private static boolean isModel(List<String> path, String action) {
    return startsWith(path, "api", "models") && path.size() >= 6 && path.get(4).equals(action);
  }

  private static boolean isSettings(List<String> path) {
    return startsWith(path, "api", "models") && path.size() == 5 && path.get(4).equals("settings");
  }

  private static boolean startsWith(List<String> path, String first, String second) {
    return path.size() >= 2 && path.get(0).equals(first) && path.get(1).equals(second);
  }

  private static RepositoryName name(HubRequest request, List<String> path, int at) {
    return new RepositoryName(request.dataset(), path.get(at), path.get(at + 1));
  }

  private static HubFailure notServed() {
    return new HubFailure(404, "NotFound", "this hub does not serve that address");
  }
}

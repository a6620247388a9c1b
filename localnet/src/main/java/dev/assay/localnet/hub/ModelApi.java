package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.http.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the hub answers under {@code /api}: create, information, listing, commits. */
final class ModelApi {

  private final Repositories repositories;
  private final ContentStore contents;
  private final Tokens tokens;

  ModelApi(Repositories repositories, ContentStore contents, Tokens tokens) {
    this.repositories = repositories;
    this.contents = contents;
    this.tokens = tokens;
  }

  void whoAmI(HubRequest request) throws IOException {
    String namespace =
        tokens
            .namespace(request)
            .orElseThrow(() -> new HubFailure(401, "Unauthorized", "send a bearer token"));
    ObjectNode user = HubRequest.JSON.createObjectNode();
    user.put("type", "user").put("name", namespace).put("fullname", namespace);
    user.putArray("orgs");
    HubResponse.json(request.exchange(), 200, user);
  }

  void create(HubRequest request) throws IOException {
    JsonNode body = request.json();
    String type = body.path("type").asText("model");
    if (!type.equals("model") && !type.equals("dataset")) {
      throw HubFailure.badRequest("this hub keeps models and datasets only");
    }
    String organization = body.path("organization").textValue();
    String namespace =
        organization != null ? organization : tokens.namespace(request).orElse("anonymous");
    RepositoryName name =
        new RepositoryName(type.equals("dataset"), namespace, HubRequest.text(body, "name"));
    tokens.requireWriter(request, name.namespace());
    SortedMap<String, StoredFile> files = new TreeMap<>();
    files.put(".gitattributes", CommitReader.regular(contents, LargeFiles.gitAttributes(name)));
    boolean created = repositories.create(name, files);
    if (created && isPrivate(body)) {
      repositories.setPrivate(name, true);
    }
    ObjectNode answer = HubRequest.JSON.createObjectNode();
    if (!created) {
      // Clients that accept an existing repository read its address from this answer.
      answer.put("error", "the repository " + name + " exists already");
    }
    answer.put("url", address(request) + "/" + name.page()).put("name", name.toString());
    answer.put("id", name.toString());
    HubResponse.json(request.exchange(), created ? 200 : 409, answer);
  }

  /** Shows a repository to everybody, or hides it. */
  void settings(HubRequest request, RepositoryName name) throws IOException {
    tokens.requireWriter(request, name.namespace());
    repositories.at(name, Repositories.BRANCH);
    JsonNode body = request.json();
    if (body.has("private") || body.has("visibility")) {
      repositories.setPrivate(name, isPrivate(body));
    }
    HubResponse.json(
        request.exchange(),
        200,
        HubRequest.JSON.createObjectNode().put("private", repositories.isPrivate(name)));
  }

  /** Refuses what only the namespace's owner may read, as if there were no such repository. */
  void requireVisible(HubRequest request, RepositoryName name) {
    boolean owners = tokens.namespace(request).filter(name.namespace()::equals).isPresent();
    if (repositories.isPrivate(name) && !owners) {
      throw HubFailure.repositoryNotFound(name);
    }
  }

  /** Older clients send a flag, newer ones a word. */
  private static boolean isPrivate(JsonNode body) {
    return body.path("private").asBoolean() || body.path("visibility").asText().equals("private");
  }

  /** A model card is not judged here: every one is in order. */
  void validateCard(HubRequest request) throws IOException {
    ObjectNode answer = HubRequest.JSON.createObjectNode();
    answer.putArray("errors");
    answer.putArray("warnings");
    HubResponse.json(request.exchange(), 200, answer);
  }

  void information(HubRequest request, RepositoryName name, String revision) throws IOException {
    Commit commit = repositories.at(name, revision);
    boolean withBlobs = isTrue(request.query().get("blobs"));
    ObjectNode model = HubRequest.JSON.createObjectNode();
    model.put("_id", commit.revision().substring(0, 24));
    model.put("id", name.toString());
    if (!name.dataset()) {
      model.put("modelId", name.toString());
    }
    model.put("author", name.namespace()).put("sha", commit.revision());
    String time = Instant.ofEpochSecond(commit.epochSecond()).toString();
    String created = Instant.ofEpochSecond(commit.epochSecond() - commit.number()).toString();
    model.put("lastModified", time).put("createdAt", created);
    model.put("private", repositories.isPrivate(name)).put("gated", false).put("disabled", false);
    model.put("downloads", 0).put("likes", 0);
    model.putArray("tags");
    ArrayNode siblings = model.putArray("siblings");
    commit.files().forEach((path, file) -> sibling(siblings.addObject(), path, file, withBlobs));
    commitHeader(request.exchange(), commit);
    HubResponse.json(request.exchange(), 200, model);
  }

  private static void sibling(ObjectNode node, String path, StoredFile file, boolean withBlobs) {
    node.put("rfilename", path);
    if (!withBlobs) {
      return;
    }
    node.put("size", file.size()).put("blobId", file.blobId());
    if (file.lfs()) {
      node.putObject("lfs")
          .put("sha256", file.sha256())
          .put("size", file.size())
          .put("pointerSize", GitObjects.lfsPointer(file.sha256(), file.size()).length);
    }
  }

  /** Files and folders under a path, in order of their paths; the empty path is the root. */
  void tree(HubRequest request, RepositoryName name, String revision, String path)
      throws IOException {
    Commit commit = repositories.at(name, revision);
    String prefix = path.isEmpty() ? "" : path + "/";
    boolean recursive = isTrue(request.query().get("recursive"));
    SortedMap<String, ObjectNode> entries = new TreeMap<>();
    GitObjects.treeIds(commit.files())
        .forEach((folder, id) -> putFolder(entries, folder, id, prefix, recursive));
    commit.files().forEach((file, stored) -> putFile(entries, file, stored, prefix, recursive));
    if (entries.isEmpty() && !path.isEmpty()) {
      throw HubFailure.entryNotFound(name, path);
    }
    ArrayNode answer = HubRequest.JSON.createArrayNode();
    entries.values().forEach(answer::add);
    commitHeader(request.exchange(), commit);
    HubResponse.json(request.exchange(), 200, answer);
  }

  private static void putFolder(
      Map<String, ObjectNode> entries, String folder, String id, String prefix, boolean all) {
    if (!folder.isEmpty() && isListed(folder, prefix, all)) {
      ObjectNode node = HubRequest.JSON.createObjectNode();
      node.put("type", "directory").put("oid", id).put("size", 0).put("path", folder);
      entries.put(folder, node);
    }
  }

  private static void putFile(
      Map<String, ObjectNode> entries, String path, StoredFile file, String prefix, boolean all) {
    if (!isListed(path, prefix, all)) {
      return;
    }
    ObjectNode node = HubRequest.JSON.createObjectNode();
    node.put("type", "file").put("oid", file.blobId()).put("size", file.size());
    node.put("path", path);
    if (file.lfs()) {
      node.putObject("lfs")
          .put("oid", file.sha256())
          .put("size", file.size())
          .put("pointerSize", GitObjects.lfsPointer(file.sha256(), file.size()).length);
    }
    entries.put(path, node);
  }

  private static boolean isListed(String path, String prefix, boolean all) {
    return path.startsWith(prefix) && (all || path.indexOf('/', prefix.length()) < 0);
  }

  /** Says of each file that is to come how it shall travel. */
  void preupload(HubRequest request, RepositoryName name, String revision) throws IOException {
    tokens.requireWriter(request, name.namespace());
    Commit commit = repositories.at(name, revision);
    ObjectNode answer = HubRequest.JSON.createObjectNode();
    ArrayNode files = answer.putArray("files");
    for (JsonNode file : request.json().path("files")) {
      String path = FilePath.checked(HubRequest.text(file, "path"));
      boolean large = LargeFiles.isLarge(name, path, HubRequest.size(file, "size"));
      ObjectNode node = files.addObject().put("path", path).put("shouldIgnore", false);
      node.put("uploadMode", large ? "lfs" : "regular");
      StoredFile present = commit.files().get(path);
      if (present != null) {
        node.put("oid", present.lfs() ? present.sha256() : present.blobId());
      }
    }
    HubResponse.json(request.exchange(), 200, answer);
  }

  void commit(HubRequest request, RepositoryName name, String revision) throws IOException {
    tokens.requireWriter(request, name.namespace());
    repositories.at(name, revision);
    if (!revision.equals(Repositories.BRANCH)) {
      throw HubFailure.badRequest("commits go to the branch " + Repositories.BRANCH);
    }
    if (isTrue(request.query().get("create_pr"))) {
      throw HubFailure.badRequest("this hub has no pull requests");
    }
    CommitReader reader = new CommitReader(contents);
    CommitRequest changes = reader.read(request.body());
    Commit commit = repositories.commit(name, reader.expectedParent(), changes);
    ObjectNode answer = HubRequest.JSON.createObjectNode().put("success", true);
    answer.put("commitOid", commit.revision());
    answer.put("commitUrl", address(request) + "/" + name.page() + "/commit/" + commit.revision());
    answer.put("hookOutput", "");
    HubResponse.json(request.exchange(), 200, answer);
  }

  static void commitHeader(HttpExchange exchange, Commit commit) {
    exchange.set("X-Repo-Commit", commit.revision());
  }

  /** The address by which the client reached the hub. */
  static String address(HubRequest request) {
    String fallback = "127.0.0.1:" + request.exchange().port();
    return "http://" + request.header("Host").orElse(fallback);
  }

  private static boolean isTrue(String value) {
    return value != null && (value.equalsIgnoreCase("true") || value.equals("1"));
  }
}

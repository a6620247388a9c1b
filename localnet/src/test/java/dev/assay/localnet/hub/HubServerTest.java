package dev.assay.localnet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.localnet.http.PortTakenException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubServerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private HubServer hub;

  @BeforeEach
  void start() throws IOException {
    hub = HubServer.start(options(directory));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static HubOptions options(Path folder) {
    return HubOptions.local(
        folder,
        Map.of("alice", "token-of-alice", "bob", "token-of-bob"),
        Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void aPrivateRepositoryIsNotThereForOthersUntilItIsShown() throws Exception {
    String own = "{\"name\":\"hidden\",\"organization\":\"alice\",\"visibility\":\"private\"}";
    post("/api/repos/create", "token-of-alice", own);
    String revision = commit("alice", "hidden", file("config.json", "{}"));
    String path = "/api/models/alice/hidden";

    assertThat(get(path).statusCode()).isEqualTo(404);
    assertThat(get(path + "/tree/" + revision).statusCode()).isEqualTo(404);
    assertThat(get("/alice/hidden/resolve/" + revision + "/config.json").statusCode())
        .isEqualTo(404);
    assertThat(settings(path, "token-of-bob").statusCode()).isEqualTo(403);
    assertThat(get(path).statusCode()).isEqualTo(404);

    assertThat(settings(path, "token-of-alice").statusCode()).isEqualTo(200);

    assertThat(json(get(path)).path("private").asBoolean()).isFalse();
  }

  private HttpResponse<String> settings(String path, String token) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path + "/settings"))
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString("{\"visibility\":\"public\"}")));
  }

  @Test
  void servesWhatWasCommitted() throws Exception {
    create("alice", "model");
    String revision = commit("alice", "model", file("config.json", "{}"));

    HttpResponse<String> file = get("/alice/model/resolve/" + revision + "/config.json");
    JsonNode tree = json(get("/api/models/alice/model/tree/" + revision + "?recursive=true"));
    JsonNode info = json(get("/api/models/alice/model"));

    assertThat(file.body()).isEqualTo("{}");
    assertThat(file.headers().firstValue("X-Repo-Commit")).hasValue(revision);
    assertThat(file.headers().firstValue("ETag"))
        .hasValue("\"9e26dfeeb6e641a33dae4961196235bdb965b21b\"");
    assertThat(tree.get(1).path("oid").asText())
        .isEqualTo("9e26dfeeb6e641a33dae4961196235bdb965b21b");
    assertThat(info.path("sha").asText()).isEqualTo(revision);
    assertThat(info.path("siblings")).hasSize(2);
  }

  @Test
  void servesAPartOfALargeFile() throws Exception {
    create("alice", "model");
    uploadHello("alice", "model");
    String revision = commit("alice", "model", lfsFile("model.safetensors"));
    URI uri = uri("/alice/model/resolve/" + revision + "/model.safetensors");

    HttpResponse<String> part =
        send(HttpRequest.newBuilder(uri).header("Range", "bytes=1-3").GET());
    HttpResponse<String> beyond =
        send(HttpRequest.newBuilder(uri).header("Range", "bytes=5-").GET());
    HttpResponse<String> head = send(HttpRequest.newBuilder(uri).method("HEAD", nothing()));

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("ell");
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1-3/5");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(head.headers().firstValue("X-Linked-Etag")).hasValue("\"" + HELLO_SHA256 + "\"");
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(5);
  }

  @Test
  void refusesALargeFileThatWasNeverUploaded() throws Exception {
    create("alice", "model");

    HttpResponse<String> answer =
        sendCommit("alice", "model", "token-of-alice", lfsFile("model.safetensors"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("was not uploaded");
  }

  @Test
  void refusesAnUploadWithOtherBytes() throws Exception {
    create("alice", "model");
    String href = batch("alice", "model").at("/objects/0/actions/upload/href").asText();

    HttpResponse<String> other =
        send(HttpRequest.newBuilder(URI.create(href)).PUT(BodyPublishers.ofString("jello")));
    HttpResponse<String> longer =
        send(HttpRequest.newBuilder(URI.create(href)).PUT(BodyPublishers.ofString("hello!")));
    HttpResponse<String> forged =
        send(
            HttpRequest.newBuilder(URI.create(href.substring(0, href.length() - 4) + "0000"))
                .PUT(BodyPublishers.ofString("hello")));

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(longer.statusCode()).isEqualTo(413);
    assertThat(forged.statusCode()).isEqualTo(403);
  }

  @Test
  void givesTheSameRevisionForTheSameHistory(@TempDir Path other) throws Exception {
    create("alice", "model");
    String first = commit("alice", "model", file("config.json", "{}"));
    hub.close();

    hub = HubServer.start(options(other));
    create("alice", "model");
    String again = commit("alice", "model", file("config.json", "{}"));

    assertThat(again).isEqualTo(first).matches("[0-9a-f]{40}");
  }

  @Test
  void keepsEverythingOverARestart() throws Exception {
    create("alice", "model");
    String revision = commit("alice", "model", file("config.json", "{}"));
    Files.writeString(directory.resolve("arriving").resolve("left.part"), "half");
    hub.close();

    hub = HubServer.start(options(directory));

    assertThat(get("/alice/model/resolve/" + revision + "/config.json").body()).isEqualTo("{}");
    assertThat(directory.resolve("arriving")).isEmptyDirectory();
  }

  @Test
  void letsOnlyANamespacesTokenWrite() throws Exception {
    create("alice", "model");
    String change = file("config.json", "{}");

    assertThat(sendCommit("alice", "model", "token-of-bob", change).statusCode()).isEqualTo(403);
    assertThat(sendCommit("alice", "model", "nobody", change).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesPathsThatLeaveTheRepository() throws Exception {
    create("alice", "model");

    for (String path : new String[] {"../x", "/x", "a//b", "a/./b", ".git/config", "a\\u0000b"}) {
      HttpResponse<String> answer = sendCommit("alice", "model", "token-of-alice", file(path, "x"));
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void refusesACommitOnAnotherParent() throws Exception {
    create("alice", "model");
    String header =
        "{\"key\":\"header\",\"value\":{\"summary\":\"s\",\"parentCommit\":\""
            + "0".repeat(40)
            + "\"}}\n";

    HttpResponse<String> answer =
        post(
            "/api/models/alice/model/commit/main",
            "token-of-alice",
            header + file("config.json", "{}"));

    assertThat(answer.statusCode()).isEqualTo(412);
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    create("alice", "model");

    assertThat(errorCode("/api/models/alice/none")).isEqualTo("RepoNotFound");
    assertThat(errorCode("/api/models/alice/model/revision/dev")).isEqualTo("RevisionNotFound");
    assertThat(errorCode("/alice/model/resolve/main/none")).isEqualTo("EntryNotFound");
  }

  @Test
  void answersABadBodyWithASentence() throws Exception {
    create("alice", "model");

    HttpResponse<String> answer =
        post("/api/models/alice/model/commit/main", "token-of-alice", "{\"key\":");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).startsWith("the request is not JSON");
  }

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      HubOptions options = options(directory).withPort(taken.getLocalPort());

      assertThatThrownBy(() -> HubServer.start(options))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("hub")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void keepsTokensOutOfItsText() {
    assertThat(options(directory).toString()).doesNotContain("token-of-alice");
  }

  private void create(String namespace, String name) throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/repos/create",
            "token-of-" + namespace,
            "{\"type\":\"model\",\"name\":\""
                + name
                + "\",\"organization\":\""
                + namespace
                + "\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private String commit(String namespace, String name, String changes) throws Exception {
    HttpResponse<String> answer = sendCommit(namespace, name, "token-of-" + namespace, changes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("commitOid").asText();
  }

  private HttpResponse<String> sendCommit(
      String namespace, String name, String token, String changes) throws Exception {
    String header = "{\"key\":\"header\",\"value\":{\"summary\":\"change\"}}\n";
    return post("/api/models/" + namespace + "/" + name + "/commit/main", token, header + changes);
  }

  private void uploadHello(String namespace, String name) throws Exception {
    String href = batch(namespace, name).at("/objects/0/actions/upload/href").asText();
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(href)).PUT(BodyPublishers.ofString("hello")));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private JsonNode batch(String namespace, String name) throws Exception {
    return json(
        post(
            "/" + namespace + "/" + name + ".git/info/lfs/objects/batch",
            "token-of-" + namespace,
            "{\"operation\":\"upload\",\"objects\":[{\"oid\":\""
                + HELLO_SHA256
                + "\",\"size\":5}]}"));
  }

  private static String file(String path, String content) {
    String base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return "{\"key\":\"file\",\"value\":{\"path\":\""
        + path
        + "\",\"encoding\":\"base64\",\"content\":\""
        + base64
        + "\"}}\n";
  }

  private static String lfsFile(String path) {
    return "{\"key\":\"lfsFile\",\"value\":{\"path\":\""
        + path
        + "\",\"algo\":\"sha256\",\"oid\":\""
        + HELLO_SHA256
        + "\",\"size\":5}}\n";
  }

  private String errorCode(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    return answer.headers().firstValue("X-Error-Code").orElseThrow();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(hub.address() + path);
  }

  private static BodyPublisher nothing() {
    return BodyPublishers.noBody();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}

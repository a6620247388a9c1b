package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the wire, of the hub and of our own token: none of them is a publisher's. */
class HubTransferTest {

  private static final RepositoryId REPOSITORY = new RepositoryId("a", "b");
  private static final Revision REVISION = new Revision(HubClientTest.REVISION);
  private static final String NAME = "model.safetensors";
  private static final String FILE = "/a/b/resolve/" + REVISION + "/" + NAME;
  private static final String TREE = "/api/models/a/b/tree/" + REVISION;
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FLIPPED = "0123556789".getBytes(StandardCharsets.US_ASCII);
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1000, 1500, 3, Duration.ofSeconds(20));

  @TempDir Path cache;
  private ScriptedHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new ScriptedHub();
    hub.lists(NAME, CONTENT, 10);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Snapshot download(HubClient client) throws IOException, InterruptedException {
    return client.download(REPOSITORY, REVISION, List.of(NAME), LIMITS, cache);
  }

  private HubClient client() {
    return HubClient.of(hub.address());
  }

  private HubClient clientWithToken() {
    return HubClient.of(hub.address(), AccessToken.of("expired"));
  }

  private void assertDelivers(HubClient client) throws Exception {
    assertThat(download(client).directory().resolve(NAME)).hasBinaryContent(CONTENT);
  }

  @Test
  void oneWrongBitIsFetchedAgain() throws Exception {
    hub.on(FILE, firstThen(ScriptedHub.answer(200, FLIPPED), ScriptedHub.answer(200, CONTENT)));

    assertDelivers(client());
  }

  @Test
  void whatIsPiecedTogetherWrongIsFetchedAgainWhole() throws Exception {
    hub.on(
        FILE,
        (exchange, times) -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          if (times == 1) {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(CONTENT, 0, 2);
          } else if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 2-9/10");
            exchange.sendResponseHeaders(206, 8);
            exchange.getResponseBody().write(FLIPPED, 2, 8);
          } else {
            ScriptedHub.answer(200, times == 3 ? FLIPPED : CONTENT).to(exchange, times);
          }
        });

    assertDelivers(client());
  }

  @Test
  void aHubThatDeliversTheSameWrongDigestTwiceIsBelieved() {
    hub.on(FILE, ScriptedHub.answer(200, FLIPPED));

    assertThatThrownBy(() -> download(client()))
        .isInstanceOf(HubException.Mismatch.class)
        .hasMessageContaining("announces the file 'model.safetensors'")
        .hasMessageContaining("and delivers ");
    assertThat(hub.requests()).filteredOn(("GET " + FILE)::equals).hasSize(2);
    assertThat(hub.requests()).filteredOn(("GET " + TREE)::equals).hasSize(2);
  }

  @Test
  void aHubThatDeliversSomethingElseEachTimeBlamesNobody() {
    hub.on(
        FILE,
        (exchange, times) -> {
          byte[] other = CONTENT.clone();
          other[0] = (byte) ('a' + times);
          ScriptedHub.answer(200, other).to(exchange, times);
        });

    assertThatThrownBy(() -> download(client())).isInstanceOf(HubException.Broken.class);
  }

  @Test
  void aListingThatLiesOnceIsTakenAgain() throws Exception {
    String tree = "[{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":%s,\"oid\":\"%s\"}]";
    // What git calls the content.
    String blob = "ad471007bd7f5983d273b9584e5629230150fd54";
    String right = tree.formatted(10, blob);
    hub.on(FILE, ScriptedHub.answer(200, CONTENT));
    List<String> lies =
        List.of(
            tree.formatted(10, "1".repeat(40)),
            tree.formatted(9, blob),
            tree.formatted(12, blob),
            tree.formatted(1_000_000, blob),
            tree.formatted("null", blob),
            "[]");
    for (String lie : lies) {
      try (ScriptedHub liar = new ScriptedHub()) {
        liar.on(FILE, ScriptedHub.answer(200, CONTENT))
            .on(TREE, firstThen(ScriptedHub.answer(200, lie), ScriptedHub.answer(200, right)));
        Path own = cache.resolve(Integer.toString(lies.indexOf(lie)));

        Snapshot snapshot =
            HubClient.of(liar.address()).download(REPOSITORY, REVISION, List.of(NAME), LIMITS, own);

        assertThat(snapshot.directory().resolve(NAME)).as(lie).hasBinaryContent(CONTENT);
      }
    }
  }

  @Test
  void aMirrorDeliversWhatTheHubDoesNot() throws Exception {
    try (ScriptedHub mirror = new ScriptedHub()) {
      mirror.lists(NAME, CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));
      hub.on(FILE, ScriptedHub.answer(200, FLIPPED));

      assertDelivers(clientWithToken().withMirrors(List.of(mirror.address())));

      assertThat(mirror.requests()).isNotEmpty().noneMatch(asked -> asked.contains("with token"));
    }
  }

  @Test
  void aMirrorStandsInForADeadHubButDoesNotSayWhatIsMissing() throws Exception {
    try (ScriptedHub mirror = new ScriptedHub()) {
      mirror.lists(NAME, CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));
      HubClient client =
          HubClient.of(URI.create("http://127.0.0.1:1")).withMirrors(List.of(mirror.address()));

      assertDelivers(client);
      mirror.on(TREE, code(404, "RepoNotFound", "Repository not found"));

      assertThatThrownBy(() -> client.tree(REPOSITORY, REVISION))
          .isInstanceOf(HubException.Unavailable.class);
    }
  }

  @Test
  void anExpiredTokenIsOurOwnFault() {
    hub.on(TREE, code(401, "", "User Access Token \"x\" is expired"));

    assertThatThrownBy(() -> clientWithToken().tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.Refused.class)
        .hasMessageContaining("is expired");
    assertThatThrownBy(() -> client().tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.Refused.class);
  }

  @Test
  void whatIsPublicIsReadWithoutARefusedToken() throws Exception {
    ScriptedHub.Answer listing = ScriptedHub.answer(200, "[]");
    for (int status : new int[] {401, 403}) {
      hub.on(
          TREE, byToken(code(status, "", "Invalid credentials in Authorization header"), listing));

      assertThat(clientWithToken().tree(REPOSITORY, REVISION)).isEmpty();
    }
  }

  @Test
  void whatNobodyFindsWithoutATokenIsMissing() {
    ScriptedHub.Answer refused = code(401, "", "Invalid credentials in Authorization header");
    List<ScriptedHub.Answer> hubsWords =
        List.of(
            code(401, "RepoNotFound", "Repository not found"),
            code(401, "", "Invalid username or password."),
            code(404, "RevisionNotFound", "no"));
    for (ScriptedHub.Answer missing : hubsWords) {
      hub.on(TREE, byToken(refused, missing));

      assertThatThrownBy(() -> clientWithToken().tree(REPOSITORY, REVISION))
          .isInstanceOf(HubException.NotFound.class);
    }
  }

  @Test
  void aGatedRepositoryIsMissingUnlessOurTokenIsTheOneAtFault() {
    ScriptedHub.Answer gated = code(401, "GatedRepo", "Access to model a/b is restricted");
    hub.on(TREE, byToken(code(403, "GatedRepo", "not in the authorized list"), gated));
    assertThatThrownBy(() -> clientWithToken().tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.NotFound.class);

    hub.on(TREE, byToken(code(401, "", "User Access Token \"x\" is expired"), gated));
    assertThatThrownBy(() -> clientWithToken().tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.Refused.class)
        .hasMessageContaining("is expired");
  }

  @Test
  void whatIsMissingOnlyOnceIsNotMissing() throws Exception {
    hub.on(TREE, firstThen(code(404, "RepoNotFound", "?"), ScriptedHub.answer(200, "[]")));

    assertThat(client().tree(REPOSITORY, REVISION)).isEmpty();
  }

  @Test
  void anAnswerThatFallsSilentIsBrokenOff() {
    CountDownLatch ended = new CountDownLatch(1);
    hub.on(
        FILE,
        (exchange, times) -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write('0');
          exchange.getResponseBody().flush();
          await(ended);
        });

    assertThatThrownBy(() -> download(client().withSilence(Duration.ofMillis(300))))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("brought no byte for 0.3 s");
    ended.countDown();
  }

  @Test
  void knowsAHubByItsWords() throws Exception {
    String probe = "/api/models/assay/is-a-hub-there";
    assertThat(client().outage()).as("404 of something else").isPresent();
    assertThat(HubClient.of(URI.create("http://127.0.0.1:1")).outage()).isPresent();
    for (int status : new int[] {401, 404}) {
      hub.on(probe, code(status, "RepoNotFound", "Repository not found"));
      assertThat(client().outage()).isEmpty();
    }
    hub.on(probe, code(401, "", "User Access Token \"x\" is expired"));
    assertThat(clientWithToken().outage().orElseThrow()).contains("is expired");
  }

  /** Different answers to the first request and to all later ones. */
  private static ScriptedHub.Answer firstThen(ScriptedHub.Answer first, ScriptedHub.Answer then) {
    return (exchange, times) -> (times == 1 ? first : then).to(exchange, times);
  }

  private static ScriptedHub.Answer byToken(ScriptedHub.Answer with, ScriptedHub.Answer without) {
    return (exchange, times) ->
        (exchange.getRequestHeaders().containsKey("Authorization") ? with : without)
            .to(exchange, times);
  }

  private static ScriptedHub.Answer code(int status, String code, String message) {
    return (exchange, times) -> {
      set(exchange, "X-Error-Code", code);
      set(exchange, "X-Error-Message", message);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static void set(HttpExchange exchange, String header, String value) {
    if (!value.isEmpty()) {
      exchange.getResponseHeaders().set(header, value);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.http.HubException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a hub may send us: nowhere that is nearer to us than the hub is. */
class HubRedirectTest {
  private static final RepositoryId REPOSITORY = new RepositoryId("a", "b");
  private static final Revision REVISION = new Revision(HubClientTest.REVISION);
  private static final String TREE = "/api/models/a/b/tree/" + REVISION;
  private static final URI PUBLIC = URI.create("http://hub.invalid");

  private ScriptedHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new ScriptedHub();
  }

  @AfterEach
  void stop() {
    System.clearProperty("http.proxyHost");
    System.clearProperty("http.proxyPort");
    hub.close();
  }

  /** What is asked for by any name is answered by the scripted hub, as by a proxy. */
  private void behindAProxy() {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", Integer.toString(hub.address().getPort()));
  }

  private void redirectsTo(String location) {
    hub.on(
        TREE,
        (exchange, times) -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/listing",
        "http://[fd00::1]/listing",
        "http://127.0.0.1/listing",
        "http://localhost/listing",
        "http://2130706433/listing",
        "http://169.254.169.254/listing"
      })
  void aPublicHubSendsNobodyIntoTheirOwnNetwork(String location) {
    behindAProxy();
    redirectsTo(location);
    hub.on("/listing", ScriptedHub.answer(200, "[]"));

    assertThatThrownBy(() -> HubClient.of(PUBLIC).tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("is refused: the hub sends us to ");
    assertThat(hub.requests()).containsExactly("GET " + TREE);
  }

  @Test
  void aPublicHubSendsUsToOtherPublicPlaces() throws Exception {
    behindAProxy();
    redirectsTo("http://files.invalid/listing");
    hub.on("/listing", ScriptedHub.answer(200, "[]"));

    assertThat(HubClient.of(PUBLIC).tree(REPOSITORY, REVISION)).isEmpty();
  }

  @Test
  void aHubOfOurOwnMachineSendsNobodyToWhatLinkLocalServicesTell() {
    redirectsTo("http://169.254.169.254/latest/meta-data");

    assertThatThrownBy(() -> HubClient.of(hub.address()).tree(REPOSITORY, REVISION))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("a link-local address, and is at an address of this machine");
  }

  @Test
  void noFileIsUploadedToWhereNoRedirectMayLead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "secret");
    String sha256 = FileDigest.of("f", file).sha256();
    String upload = "{\"href\":\"http://169.254.169.254/upload\"}";
    hub.on(
            "/api/models/a/b/preupload/main",
            ScriptedHub.answer(
                200, "{\"files\":[{\"path\":\"model.safetensors\",\"uploadMode\":\"lfs\"}]}"))
        .on(
            "/a/b.git/info/lfs/objects/batch",
            ScriptedHub.answer(
                200,
                "{\"objects\":[{\"oid\":\"%s\",\"actions\":{\"upload\":%s}}]}"
                    .formatted(sha256, upload)));

    assertThatThrownBy(
            () ->
                HubClient.of(hub.address())
                    .commit(REPOSITORY, "m", Map.of("model.safetensors", file)))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("is refused: the hub sends us to a link-local address");
  }
}

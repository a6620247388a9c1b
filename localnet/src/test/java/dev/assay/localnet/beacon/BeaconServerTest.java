package dev.assay.localnet.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.timelock.BeaconKey;
import dev.assay.localnet.chain.drand.LocalBeacon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BeaconServerTest {
  private static final LocalBeacon BEACON =
      LocalBeacon.of(1, Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void aRoundVerifiesWithTheKeyThatTheBeaconNames() throws Exception {
    try (BeaconServer server = BeaconServer.start("127.0.0.1", 0, BEACON, () -> 7)) {
      JsonNode info = get(server, "/info", 200);
      JsonNode round = get(server, "/" + info.get("hash").asText() + "/public/latest", 200);
      BeaconKey key = BeaconKey.fromHex(info.get("public_key").asText());
      byte[] signature = HexFormat.of().parseHex(round.get("signature").asText());

      assertThat(round.get("round").asLong()).isEqualTo(7);
      assertThat(key.verifies(7, signature)).isTrue();
      assertThat(info.get("period").asInt()).isEqualTo(3);
    }
  }

  @Test
  void aRoundThatHasNotComeIsNotTold() throws Exception {
    try (BeaconServer server = BeaconServer.start("127.0.0.1", 0, BEACON, () -> 7)) {
      assertThat(get(server, "/public/8", 404).has("signature")).isFalse();
      get(server, "/public/0", 400);
      get(server, "/public/seven", 400);
      get(server, "/other", 404);
    }
  }

  @Test
  void equalSeedsMakeEqualBeacons() {
    LocalBeacon other = LocalBeacon.of(1, Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(other.pulse(3)).isEqualTo(BEACON.pulse(3));
    assertThat(LocalBeacon.of(2, Instant.EPOCH).timetable().publicKey())
        .isNotEqualTo(BEACON.timetable().publicKey());
  }

  private static JsonNode get(BeaconServer server, String path, int status) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    return new ObjectMapper().readTree(response.body());
  }
}

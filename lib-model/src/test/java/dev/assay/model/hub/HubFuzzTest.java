package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.model.hub.http.HubCall;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.hub.http.RateLimit;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hostile answers of a hub: what is taken from them stays within its folder and its host, or a
 * {@link HubException} says why not. A real run is
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl lib-model test -Djazzer.hooks=true -Dtest='HubFuzzTest#listing'</pre>
 */
class HubFuzzTest {
  private static final URI PAGE = URI.create("https://hub.example:8443/api/models/a/b/tree/main");
  private static final HubCall CALL = HubCall.get(PAGE, Map.of());
  private static final Path ROOT = Path.of("/cache/snapshot");
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1 << 30, 1 << 20, 100, Duration.ofSeconds(1));

  @FuzzTest(maxDuration = "5m")
  void listing(byte[] json) {
    try {
      Listing listing = new Listing();
      listing.add(HubClient.parsed(json, CALL));
      List<HubFile> selected =
          FileSelection.matching(Set.of("*", "*/*")).of(listing.files(), LIMITS);
      for (HubFile file : selected) {
        assertThat(ROOT.resolve(file.path()).normalize()).startsWithRaw(ROOT).isNotEqualTo(ROOT);
        assertThat(file.size()).isBetween(0L, LIMITS.maxFileBytes());
        assertThat(AnnouncedDigest.name(file)).matches("[a-z0-9-]{44,71}");
      }
    } catch (HubException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "5m")
  void headers(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<String, List<String>> named =
        Map.of("Link", List.of(text), "RateLimit", List.of(text), "Retry-After", List.of(text));
    HttpHeaders headers = HttpHeaders.of(named, (name, value) -> true);
    RateLimit.wait(headers, Instant.EPOCH)
        .ifPresent(
            wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(1_000_000)));
    try {
      NextPage.of(PAGE, headers)
          .ifPresent(
              next -> {
                assertThat(next.getHost()).isEqualTo("hub.example");
                assertThat(next.getPort()).isEqualTo(8443);
                assertThat(next.getScheme()).isEqualTo("https");
              });
    } catch (HubException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}

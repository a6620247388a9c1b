package dev.assay.model.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  private static HttpHeaders headers(String... namesAndValues) {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  /** The three forms of RFC 9110, 5.6.7, with its own example. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void waitsUntilADate(String date) {
    assertThat(RateLimit.wait(headers("Retry-After", date), NOW)).contains(Duration.ofSeconds(37));
  }

  @Test
  void reckonsADateByTheHubsOwnClock() {
    HttpHeaders headers =
        headers(
            "Retry-After",
            "Fri, 27 Nov 2026 12:00:05 GMT",
            "Date",
            "Fri, 27 Nov 2026 12:00:00 GMT");

    assertThat(RateLimit.wait(headers, NOW)).contains(Duration.ofSeconds(5));
  }

  @Test
  void aDateThatHasPassedAsksForNoWaitAndNonsenseForNothing() {
    assertThat(RateLimit.wait(headers("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"), NOW))
        .contains(Duration.ZERO);
    assertThat(RateLimit.wait(headers("Retry-After", "soon"), NOW)).isEmpty();
    assertThat(RateLimit.wait(headers(), NOW)).isEmpty();
  }
}

package dev.assay.model.hub;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the hub asks us to wait, by the headers of its answer. */
final class RateLimit {

  // draft-ietf-httpapi-ratelimit-headers: "api";r=0;t=55 — requests left, seconds to the reset.
  private static final Pattern RESET =
      Pattern.compile("\"\\w+\"\\s*;\\s*r\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d{1,6})");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private RateLimit() {}

  static Optional<Duration> wait(HttpHeaders headers) {
    Matcher reset = RESET.matcher(headers.firstValue("RateLimit").orElse(""));
    if (reset.find()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(reset.group(1))));
    }
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}

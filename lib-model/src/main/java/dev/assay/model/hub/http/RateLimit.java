package dev.assay.model.hub.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the hub asks us to wait, by the headers of its answer. */
public final class RateLimit {

  // draft-ietf-httpapi-ratelimit-headers: "api";r=0;t=55 — requests left, seconds to the reset.
  private static final Pattern RESET =
      Pattern.compile("\"\\w+\"\\s*;\\s*r\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d{1,6})");
  private static final Duration LONGEST = Duration.ofSeconds(999_999);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  /** RFC 9110, 5.6.7: the form that is sent, and two that must be understood. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1990)
              .appendPattern(" HH:mm:ss zzz")
              .toFormatter(Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RateLimit() {}

  /**
   * Reads the headers.
   *
   * @param now by which a date is reckoned where the answer does not bear its own
   */
  public static Optional<Duration> wait(HttpHeaders headers, Instant now) {
    Matcher reset = RESET.matcher(headers.firstValue("RateLimit").orElse(""));
    if (reset.find()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(reset.group(1))));
    }
    String after = headers.firstValue("Retry-After").orElse("").strip();
    if (SECONDS.matcher(after).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(after)));
    }
    Instant answered = headers.firstValue("Date").flatMap(RateLimit::date).orElse(now);
    return date(after)
        .map(until -> Duration.between(answered, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Instant> date(String text) {
    for (DateTimeFormatter format : DATES) {
      try {
        return Optional.of(format.parse(text, Instant::from));
      } catch (DateTimeException other) {
        // Not in this form.
      }
    }
    return Optional.empty();
  }
}

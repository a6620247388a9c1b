package dev.assay.jobs.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as text: a decimal number and a unit. A number without a unit is refused, and
 * so is whatever is no whole number of nanoseconds or bytes.
 */
final class Measures {
  private static final Pattern MEASURE =
      Pattern.compile("\\s*(-?[0-9]{1,19}(?:\\.[0-9]{1,9})?)\\s*([A-Za-z]{1,3})\\s*");

  /** Nanoseconds, the largest unit first, which is the order in which a text's unit is chosen. */
  private static final Map<String, Long> TIMES = new LinkedHashMap<>();

  /** Bytes, the largest unit first. Only those that count by 1024 are written. */
  private static final Map<String, Long> SIZES = new LinkedHashMap<>();

  private static final Map<String, Long> THOUSANDS =
      Map.of("kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

  static {
    TIMES.put("d", Duration.ofDays(1).toNanos());
    TIMES.put("h", Duration.ofHours(1).toNanos());
    TIMES.put("m", Duration.ofMinutes(1).toNanos());
    TIMES.put("s", Duration.ofSeconds(1).toNanos());
    TIMES.put("ms", Duration.ofMillis(1).toNanos());
    TIMES.put("us", 1_000L);
    TIMES.put("ns", 1L);
    SIZES.put("TiB", 1L << 40);
    SIZES.put("GiB", 1L << 30);
    SIZES.put("MiB", 1L << 20);
    SIZES.put("KiB", 1L << 10);
    SIZES.put("B", 1L);
  }

  private Measures() {}

  /**
   * A time of at most 292 years; a negative one is left to be refused by its own limit.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Duration duration(String text) {
    return Duration.ofNanos(count(text, TIMES, Map.of()));
  }

  /**
   * A size of less than 2^63 bytes.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static DataSize size(String text) {
    return new DataSize(count(text, SIZES, THOUSANDS));
  }

  /** A duration in the largest unit that gives a whole number. */
  static String text(Duration duration) {
    return text(duration.toNanos(), TIMES, "s");
  }

  /** A size in the largest unit that gives a whole number. */
  static String text(DataSize size) {
    return text(size.bytes(), SIZES, "B");
  }

  private static long count(String text, Map<String, Long> units, Map<String, Long> others) {
    Matcher measure = MEASURE.matcher(text);
    Long unit =
        measure.matches() ? units.getOrDefault(unit(measure), others.get(unit(measure))) : null;
    if (unit == null) {
      throw new IllegalArgumentException(text + " is no number with a unit");
    }
    try {
      return new BigDecimal(measure.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException uncountable) {
      throw new IllegalArgumentException(text + " cannot be counted exactly", uncountable);
    }
  }

  private static String unit(Matcher measure) {
    return measure.group(2);
  }

  private static String text(long count, Map<String, Long> units, String unitOfNothing) {
    return units.entrySet().stream()
        .filter(unit -> count != 0 && count % unit.getValue() == 0)
        .findFirst()
        .map(unit -> count / unit.getValue() + unit.getKey())
        .orElse("0" + unitOfNothing);
  }
}

package dev.assay.jobs.source;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Options of {@code format("bittensor")}.
 *
 * @param endpoints of one chain, one address or several separated by commas
 * @param netuid of the subnet
 * @param mechanism of the subnet, 0 where it is not given
 * @param block a height; without it, the last finalised block
 */
record ChainOptions(List<URI> endpoints, int netuid, int mechanism, OptionalLong block) {
  static ChainOptions of(CaseInsensitiveStringMap options) {
    String block = options.getOrDefault("block", "");
    return new ChainOptions(
        Arrays.stream(required(options, "endpoint").split(",", -1))
            .map(String::strip)
            .map(URI::create)
            .toList(),
        Math.toIntExact(number("netuid", required(options, "netuid"))),
        Math.toIntExact(number("mechanism", options.getOrDefault("mechanism", "0"))),
        block.isBlank() ? OptionalLong.empty() : OptionalLong.of(number("block", block)));
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    String value = options.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "format(\"bittensor\") needs option(\"" + name + "\", ...)");
    }
    return value;
  }

  private static long number(String name, String value) {
    try {
      return Long.parseUnsignedLong(value.strip());
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "option(\"" + name + "\", \"" + value + "\") is not a whole number", malformed);
    }
  }
}

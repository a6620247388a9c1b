package dev.assay.jobs.source;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Options of {@code format("bittensor")}.
 *
 * @param endpoints of one chain, one address or several separated by commas
 * @param netuid of the subnet
 * @param mechanism of the subnet, 0 where it is not given
 * @param block a height; without it and a range, the last finalised block
 * @param from first height of a range
 * @param to last height of a range; without it, the last finalised block
 * @param every step of a range, 1 where it is not given
 * @param blocksPerPartition blocks that one task of a range reads, at least
 */
record ChainOptions(
    List<URI> endpoints,
    int netuid,
    int mechanism,
    OptionalLong block,
    OptionalLong from,
    OptionalLong to,
    long every,
    long blocksPerPartition) {

  static ChainOptions of(CaseInsensitiveStringMap options) {
    ChainOptions read =
        new ChainOptions(
            Arrays.stream(required(options, "endpoint").split(",", -1))
                .map(String::strip)
                .map(URI::create)
                .toList(),
            Math.toIntExact(number("netuid", required(options, "netuid"))),
            Math.toIntExact(number("mechanism", options.getOrDefault("mechanism", "0"))),
            optional(options, "block"),
            optional(options, "from_block"),
            optional(options, "to_block"),
            positive(options, "every", 1),
            positive(options, "blocks_per_partition", 16));
    if (read.from.isEmpty() && (read.to.isPresent() || options.containsKey("every"))) {
      throw new IllegalArgumentException(
          "option(\"to_block\") and option(\"every\") belong to a range, which needs"
              + " option(\"from_block\", ...)");
    }
    if (read.block.isPresent() && read.from.isPresent()) {
      throw new IllegalArgumentException(
          "option(\"block\") and option(\"from_block\") exclude each other; leave one out");
    }
    return read;
  }

  /**
   * Which blocks are read; fixed before any of them is, so that a query never mixes two heads.
   *
   * @param head asked for the last finalised height where that matters
   */
  BlockRange blocks(LongSupplier head) {
    if (block.isPresent()) {
      return new BlockRange(block.getAsLong(), block.getAsLong(), 1);
    }
    long last = head.getAsLong();
    if (from.isEmpty()) {
      return new BlockRange(last, last, 1);
    }
    long first = from.getAsLong();
    long end = to.orElse(last);
    if (end > last) {
      throw new IllegalArgumentException(
          "option(\"to_block\", " + end + ") is not final; the last final block is " + last);
    }
    if (first > end) {
      throw new IllegalArgumentException(
          "option(\"from_block\", " + first + ") is above the range's end, " + end);
    }
    return new BlockRange(first, first + (end - first) / every * every, every);
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    String value = options.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "format(\"bittensor\") needs option(\"" + name + "\", ...)");
    }
    return value;
  }

  private static OptionalLong optional(CaseInsensitiveStringMap options, String name) {
    String value = options.getOrDefault(name, "");
    return value.isBlank() ? OptionalLong.empty() : OptionalLong.of(number(name, value));
  }

  private static long positive(CaseInsensitiveStringMap options, String name, long usual) {
    long value = optional(options, name).orElse(usual);
    if (value == 0) {
      throw new IllegalArgumentException("option(\"" + name + "\", 0) must be at least 1");
    }
    return value;
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "option(\"" + name + "\", \"" + value + "\") is not a whole number", malformed);
    }
    throw new IllegalArgumentException("option(\"" + name + "\", \"" + value + "\") is below 0");
  }
}

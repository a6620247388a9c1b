package dev.assay.localnet.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a file, first and last byte included, as a {@code Range} header asks for it. */
record ByteRange(long first, long last) {

  private static final Pattern HEADER = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  long length() {
    return last - first + 1;
  }

  /**
   * The range that a header asks of a file, or empty when the whole file is the answer: no header,
   * or one that this hub does not understand (RFC 9110, 14.2, lets a server ignore those).
   *
   * @throws HubFailure 416 when the file has no such bytes
   */
  static Optional<ByteRange> of(Optional<String> header, long size) {
    Matcher matcher = HEADER.matcher(header.orElse(""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    ByteRange range = range(matcher.group(1), matcher.group(2), size);
    if (range.first > range.last || range.first >= size) {
      throw new HubFailure(
          416, "RangeNotSatisfiable", "the file has " + size + " bytes, none in that range");
    }
    return Optional.of(range);
  }

  private static ByteRange range(String first, String last, long size) {
    if (first.isEmpty()) {
      return new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1);
    }
    long end = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    return new ByteRange(Long.parseLong(first), end);
  }
}

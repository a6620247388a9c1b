package dev.assay.localnet.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks that a request asks for, both included. */
record BlockSpan(long from, long to) {

  private static final Pattern FROM = Pattern.compile("(?:^|&)from_block=([0-9]{1,10})(?:&|$)");
  private static final Pattern TO = Pattern.compile("(?:^|&)to_block=([0-9]{1,10})(?:&|$)");

  /** The span of a query, if it is well formed; the first block is 1. */
  static Optional<BlockSpan> of(String query) {
    Matcher from = FROM.matcher(query);
    Matcher to = TO.matcher(query);
    if (!from.find() || !to.find()) {
      return Optional.empty();
    }
    BlockSpan span = new BlockSpan(Long.parseLong(from.group(1)), Long.parseLong(to.group(1)));
    return span.from >= 1 && span.to >= span.from ? Optional.of(span) : Optional.empty();
  }
}

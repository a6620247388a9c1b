package dev.assay.jobs.feed;

import dev.assay.jobs.tables.SampleRow;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * A sample as a source offers it; nothing in it is trusted until it is found genuine.
 *
 * @param row what would be taken
 * @param genuine whether the id is the text's, and the source that the row names has vouched for
 *     it; costs most and is asked last
 */
public record OfferedSample(SampleRow row, BooleanSupplier genuine) {
  /** UTF-8 bytes of prompt and response together. */
  public long textBytes() {
    return (long) row.prompt().getBytes(StandardCharsets.UTF_8).length
        + row.response().getBytes(StandardCharsets.UTF_8).length;
  }
}

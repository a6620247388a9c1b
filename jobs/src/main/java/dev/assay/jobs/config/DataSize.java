package dev.assay.jobs.config;

/**
 * An amount of memory or storage; in a file a number and a unit, such as {@code 512MiB}.
 *
 * @param bytes at least 0
 */
public record DataSize(long bytes) {
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is " + bytes + " bytes; at least 0");
    }
  }
}

package dev.assay.jobs.placement;

import java.util.Objects;

/**
 * A unit as its place is chosen.
 *
 * @param content digest of what it reads, or its name as long as no digest is known; units of one
 *     content have one home
 * @param bytes to read and to compute on, by which large ones come first
 */
public record Load<T>(T unit, String content, long bytes) {
  public Load {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(content, "content");
    if (bytes < 0) {
      throw new IllegalArgumentException("a load of " + bytes + " bytes; at least 0");
    }
  }
}

package dev.assay.jobs.storage;

import java.util.Optional;

/**
 * Small objects under names, each created once and never changed. In a folder an atomic link
 * decides between those who create one at once; in an object store a conditional request can.
 */
public interface NamedObjects {
  /**
   * Creates an object unless one has the name. Nobody ever sees half of it, and once this returns
   * it survives a power failure.
   *
   * @param name a file name, without separators
   * @return false if another one was first, which then is there to be read
   * @throws java.io.UncheckedIOException naming the object if it can't be written
   */
  boolean create(String name, byte[] content);

  /**
   * An object's content.
   *
   * @return empty if there is none of that name
   * @throws java.io.UncheckedIOException naming the object if it can't be read
   */
  Optional<byte[]> read(String name);

  /** How a message names an object. */
  String address(String name);
}

package dev.assay.jobs.storage;

import java.util.Optional;
import java.util.SortedSet;

/**
 * Objects under names: the files of one folder, or what one prefix of an object store holds. Nobody
 * ever sees half an object, and what a method has done is seen by every process from its return on,
 * and survives a power failure.
 *
 * <p>A name has letters, digits, dots, hyphens and underscores, at most 200 of them, and does not
 * begin with a dot; all methods refuse another one with an {@link IllegalArgumentException}. What
 * cannot be read or written ends in an {@link java.io.UncheckedIOException} that names the object.
 */
public interface NamedObjects {
  /**
   * Creates an object unless one has the name. Of several that do it at once, one is told so.
   *
   * @return false if another one was first, which then is there to be read
   */
  boolean create(String name, byte[] content);

  /** Creates an object, or takes the place of the one that has the name; one writer at a time. */
  void replace(String name, byte[] content);

  /** Removes an object, if there is one. */
  void delete(String name);

  /**
   * An object's content.
   *
   * @param mostBytes that it may have
   * @return empty if there is none of that name
   * @throws IllegalArgumentException if it has more bytes
   */
  Optional<byte[]> read(String name, long mostBytes);

  /** The names of all objects. */
  SortedSet<String> names();

  /** How a message names the place of all objects. */
  String address();

  /** How a message names an object. */
  default String address(String name) {
    return address() + "/" + name;
  }
}

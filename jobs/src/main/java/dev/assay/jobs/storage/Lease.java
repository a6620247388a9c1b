package dev.assay.jobs.storage;

/** An exclusive right to a piece of work, held until it is closed or its process dies. */
public interface Lease extends AutoCloseable {
  /**
   * Whoever works under it asks before each step that must not be taken twice: a lease that has to
   * be renewed can be lost.
   *
   * @throws dev.assay.jobs.NotReadyException if it was, and another one may have it
   */
  default void requireHeld() {}

  @Override
  void close();
}

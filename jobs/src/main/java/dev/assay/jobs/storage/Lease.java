package dev.assay.jobs.storage;

/** An exclusive right to a piece of work, held until it is closed or its process dies. */
public interface Lease extends AutoCloseable {
  @Override
  void close();
}

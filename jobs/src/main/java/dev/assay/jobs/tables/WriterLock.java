package dev.assay.jobs.tables;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.FullDisk;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.Leases;
import dev.assay.jobs.storage.StoreFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * One writer at a time in a warehouse, across threads and processes. A lease ends with its process,
 * so a killed writer blocks no other. In an object store, where a lease would outlive its process
 * by a minute, it keeps threads apart alone: there the catalog's database decides which of two
 * commits was first, and the other one looks again.
 */
final class WriterLock {
  private static final String LEASE = ".writer.lock";

  /** A lease belongs to the process; this keeps its threads apart. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Leases leases;
  private final String warehouse;
  private final Set<Lease> work = ConcurrentHashMap.newKeySet();

  /**
   * @param warehouse how a message names it
   */
  WriterLock(Leases leases, String warehouse) {
    this.leases = leases;
    this.warehouse = warehouse;
  }

  /** A lease without which nothing is written any more, until it is closed. */
  Lease guardedBy(Lease held) {
    work.add(held);
    return new Lease() {
      @Override
      public void requireHeld() {
        held.requireHeld();
      }

      @Override
      public void close() {
        work.remove(held);
        held.close();
      }
    };
  }

  <T> T hold(Supplier<T> action) {
    THREADS.lock();
    try {
      Lease lease = leases.await(LEASE);
      try {
        work.forEach(Lease::requireHeld);
        return action.get();
      } finally {
        lease.close();
      }
    } catch (RuntimeException | FSError failure) {
      throw worded(failure);
    } finally {
      THREADS.unlock();
    }
  }

  /** Hadoop throws an error, which ends a thread without a word, where a local disk refuses. */
  private RuntimeException worded(Throwable failure) {
    if (FullDisk.explains(failure)) {
      return new NotReadyException(
          "the disk of the warehouse "
              + warehouse
              + " takes nothing more; make room there, then run again",
          failure);
    }
    if (failure instanceof CommitStateUnknownException) {
      return new NotReadyException(
          "whether the last commit to the warehouse "
              + warehouse
              + " was made is unknown: "
              + Reason.of(failure.getCause() == null ? failure : failure.getCause())
              + "; run again, which looks",
          failure);
    }
    Optional<RuntimeException> ofStore = StoreFault.of(warehouse + ": ", failure);
    if (ofStore.isPresent()) {
      return ofStore.get();
    }
    return failure instanceof RuntimeException as
        ? as
        : new UncheckedIOException(
            warehouse + " cannot be written", new IOException(failure.getCause()));
  }
}

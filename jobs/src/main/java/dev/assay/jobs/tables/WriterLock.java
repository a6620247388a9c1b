package dev.assay.jobs.tables;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.FullDisk;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.Leases;
import dev.assay.jobs.storage.StoreFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);

  /** What waits between tries of a commit; after the last one it fails. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(15));

  /** Lets time pass. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final Leases leases;
  private final String warehouse;
  private final Pause pause;
  private final Set<Lease> work = ConcurrentHashMap.newKeySet();

  /**
   * @param warehouse how a message names it
   */
  WriterLock(Leases leases, String warehouse) {
    this(leases, warehouse, duration -> Thread.sleep(duration.toMillis()));
  }

  WriterLock(Leases leases, String warehouse, Pause pause) {
    this.leases = leases;
    this.warehouse = warehouse;
    this.pause = pause;
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

  /**
   * Holds the lock for a commit and, where one fails by what passes by itself, for up to three
   * more, 20 s in all. The lock is free meanwhile.
   *
   * @param action looks at what is there, so that what was done is not done twice
   */
  <T> T commit(Supplier<T> action) {
    for (Duration wait : PAUSES) {
      try {
        return locked(action);
      } catch (RuntimeException failure) {
        if (!passes(failure)) {
          throw worded(failure);
        }
        LOG.warn(
            "a commit to the warehouse {} failed, trying again in {} s: {}",
            warehouse,
            wait.toSeconds(),
            Reason.of(failure));
        waitFor(wait, failure);
      } catch (FSError failure) {
        throw worded(failure);
      }
    }
    return hold(action);
  }

  private void waitFor(Duration wait, RuntimeException failure) {
    try {
      pause.of(wait);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw worded(failure);
    }
  }

  /** Whether another try may go better, with nothing changed by anybody. */
  private static boolean passes(RuntimeException failure) {
    if (FullDisk.explains(failure)) {
      return false;
    }
    return StoreFault.of(failure)
        .map(NotReadyException.class::isInstance)
        .orElse(
            failure instanceof UncheckedIOException
                || failure instanceof CommitFailedException
                || failure instanceof CommitStateUnknownException);
  }

  /** Holds the lock for what is not tried again. */
  <T> T hold(Supplier<T> action) {
    try {
      return locked(action);
    } catch (RuntimeException | FSError failure) {
      throw worded(failure);
    }
  }

  private <T> T locked(Supplier<T> action) {
    THREADS.lock();
    try {
      Lease lease = leases.await(LEASE);
      try {
        work.forEach(Lease::requireHeld);
        return action.get();
      } finally {
        lease.close();
      }
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

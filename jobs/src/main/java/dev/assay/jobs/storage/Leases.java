package dev.assay.jobs.storage;

import java.util.Optional;

/**
 * Exclusive rights, each under a name: at most one holder at a time among all threads of all
 * processes that use the same place. Who dies gives its leases back.
 *
 * <p>A place that cannot be written ends in an {@link java.io.UncheckedIOException} that names it.
 */
public interface Leases {
  /** Where the operator keeps to one process: every lease is given. */
  Leases UNGUARDED =
      new Leases() {
        @Override
        public Optional<Lease> take(String name) {
          return Optional.of(() -> {});
        }

        @Override
        public Lease await(String name) {
          return () -> {};
        }
      };

  /**
   * A lease, if it is free.
   *
   * @return empty if another one has it
   */
  Optional<Lease> take(String name);

  /** A lease, as soon as no other process has it; a process keeps its own threads apart. */
  Lease await(String name);

  /**
   * The process of this machine that has a lease, to be told to people: asking takes nothing, so
   * the answer may be out of date at once.
   *
   * @return empty if nobody has it, or it can't be told who has
   */
  default Optional<ProcessHandle> holder(String name) {
    return Optional.empty();
  }
}

package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every filling of {@link Leases} that guards a place must do. That a dead process gives its
 * leases back, {@code KillsIT} shows.
 */
interface LeasesContract {
  /** One place, opened anew in every call of a test. */
  Leases leases();

  @Test
  default void aLeaseIsGivenToOneAtATime() {
    Lease held = leases().take("work").orElseThrow();

    assertThat(leases().take("work")).isEmpty();
    held.close();
    Optional<Lease> next = leases().take("work");
    assertThat(next).isPresent();
    next.get().close();
  }

  @Test
  default void leasesOfOtherNamesAreFree() {
    Lease held = leases().take("work").orElseThrow();
    Lease other = leases().take("other").orElseThrow();

    other.close();
    held.close();
  }

  @Test
  default void whatWasWaitedForIsHeld() {
    Lease held = leases().await("work");

    assertThat(leases().take("work")).isEmpty();
    held.close();
    leases().await("work").close();
  }
}

package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.Leases;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriterLockTest {
  private final WriterLock lock = new WriterLock(Leases.UNGUARDED, "s3a://bucket/tables");
  private final AtomicInteger written = new AtomicInteger();

  @Test
  void nothingIsWrittenUnderALeaseThatWasLost() {
    Lease held = lock.guardedBy(() -> {});
    Lease lost =
        lock.guardedBy(
            new Lease() {
              @Override
              public void requireHeld() {
                throw new NotReadyException("the lease was lost; run again");
              }

              @Override
              public void close() {}
            });

    assertThatThrownBy(() -> lock.hold(written::incrementAndGet))
        .isInstanceOf(NotReadyException.class)
        .hasMessage("the lease was lost; run again");
    assertThatThrownBy(lost::requireHeld).isInstanceOf(NotReadyException.class);
    assertThat(written).hasValue(0);
    lost.close();
    assertThat(lock.hold(written::incrementAndGet)).isEqualTo(1);
    held.close();
  }
}

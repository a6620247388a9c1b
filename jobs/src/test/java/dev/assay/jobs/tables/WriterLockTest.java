package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.Leases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class WriterLockTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final WriterLock lock =
      new WriterLock(Leases.UNGUARDED, "s3a://bucket/tables", pauses::add);
  private final AtomicInteger written = new AtomicInteger();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  private int commit() {
    return lock.commit(
        () -> {
          if (!failures.isEmpty()) {
            throw failures.pop();
          }
          return written.incrementAndGet();
        });
  }

  private static AWSServiceIOException unavailable() {
    return new AWSServiceIOException(
        "PUT", AwsServiceException.builder().statusCode(503).message("slow down").build());
  }

  @Test
  void whatPassesByItselfIsTriedAgain() {
    failures.add(new UncheckedIOException(unavailable()));
    failures.add(new RuntimeIOException(unavailable()));
    failures.add(new CommitStateUnknownException(new IOException("timed out")));

    assertThat(commit()).isEqualTo(1);

    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(15));
  }

  @Test
  void whatStaysEndsAsWhatTheSameRunMaySucceedInLater() {
    for (int i = 0; i < 4; i++) {
      failures.add(new RuntimeIOException(unavailable()));
    }

    assertThatThrownBy(this::commit)
        .isInstanceOf(NotReadyException.class)
        .hasMessageStartingWith("s3a://bucket/tables: the object store doesn't do it: ");
    assertThat(pauses).hasSize(3);
    assertThat(written).hasValue(0);
  }

  @Test
  void whatSomebodyHasToMendIsNotTriedAgain() {
    failures.add(new UncheckedIOException(new IOException("No space left on device")));
    assertThatThrownBy(this::commit)
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("takes nothing more; make room there");
    AccessDeniedException denied = new AccessDeniedException("s3a://bucket/tables");
    denied.initCause(AwsServiceException.builder().statusCode(403).message("denied").build());
    failures.add(new UncheckedIOException(denied));
    assertThatThrownBy(this::commit).isInstanceOf(ConfigurationException.class);
    assertThat(pauses).isEmpty();
  }

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

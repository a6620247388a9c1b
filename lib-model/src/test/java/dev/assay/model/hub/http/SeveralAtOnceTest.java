package dev.assay.model.hub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SeveralAtOnceTest {
  @Test
  void filesArriveSideBySide() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    List<SeveralAtOnce.Arrival> arrivals = Collections.nCopies(3, () -> meet(together));

    SeveralAtOnce.run(4, arrivals);

    assertThat(together.isBroken()).isFalse();
  }

  @Test
  void neverMoreThanAreAllowed() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    SeveralAtOnce.Arrival arrival =
        () -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.sleep(5);
          now.decrementAndGet();
        };

    SeveralAtOnce.run(2, Collections.nCopies(12, arrival));

    assertThat(most).hasValue(2);
  }

  @Test
  void theFirstFailureInOrderIsToldWhicheverCameFirst() {
    CountDownLatch second = new CountDownLatch(1);
    SeveralAtOnce.Arrival late =
        () -> {
          second.await();
          throw new IOException("the first");
        };
    SeveralAtOnce.Arrival early =
        () -> {
          second.countDown();
          throw new IOException("the second");
        };

    assertThatThrownBy(() -> SeveralAtOnce.run(2, List.of(late, early))).hasMessage("the first");
  }

  @Test
  void whatStillRunsAfterAFailureIsBrokenOffAndWaitedFor() {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    List<SeveralAtOnce.Arrival> arrivals = new ArrayList<>();
    arrivals.add(
        () -> {
          running.await();
          throw new IOException("broken");
        });
    arrivals.add(
        () -> {
          try {
            running.countDown();
            Thread.sleep(60_000);
          } finally {
            ended.set(true);
          }
        });

    assertThatThrownBy(() -> SeveralAtOnce.run(2, arrivals)).hasMessage("broken");
    assertThat(ended).isTrue();
  }

  private static void meet(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException alone) {
      throw new IllegalStateException(alone);
    }
  }
}

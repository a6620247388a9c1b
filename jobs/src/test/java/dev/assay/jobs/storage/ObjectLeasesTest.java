package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Leases that nothing but time ends, by a clock that a test sets. */
class ObjectLeasesTest implements LeasesContract {
  private static final Duration TERM = ObjectLeases.TERM;
  private static final Duration SKEW = ObjectLeases.SKEW;

  private final MovedClock clock = new MovedClock();
  private final Faulty objects = new Faulty();

  @Override
  public Leases leases() {
    return new ObjectLeases(objects, clock);
  }

  private ObjectLease taken() {
    return (ObjectLease) leases().take(".work.lease").orElseThrow();
  }

  @Test
  void whatADeadHolderLeftIsTakenOverOnceItHasExpired() {
    ObjectLease dead = taken();
    clock.pass(TERM.plus(SKEW));
    assertThat(leases().take(".work.lease")).isEmpty();

    clock.pass(Duration.ofMillis(1));
    ObjectLease next = taken();
    assertThatCode(next::requireHeld).doesNotThrowAnyException();
    assertThatThrownBy(dead::requireHeld).isInstanceOf(NotReadyException.class);
  }

  @Test
  void aHolderThatRenewsKeepsIt() {
    ObjectLease held = taken();
    for (int third = 0; third < 12; third++) {
      clock.pass(TERM.dividedBy(3));
      held.renew();
      held.requireHeld();
    }

    assertThat(leases().take(".work.lease")).isEmpty();
  }

  @Test
  void aHolderThatCannotRenewKnowsBeforeAnotherMayTakeIt() {
    ObjectLease held = taken();
    objects.away = true;
    clock.pass(TERM.minusMillis(1));
    held.renew();
    assertThatCode(held::requireHeld).doesNotThrowAnyException();

    clock.pass(Duration.ofMillis(1));
    assertThatThrownBy(held::requireHeld)
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("the lease memory:/work.lease.1 was lost: ")
        .hasMessageEndingWith("; run again");
    objects.away = false;
    assertThat(leases().take(".work.lease")).isEmpty();
    held.renew();
    assertThatThrownBy(held::requireHeld).isInstanceOf(NotReadyException.class);
  }

  @Test
  void aHolderThatWakesUpLateFindsThatAnotherHasFollowed() {
    ObjectLease asleep = taken();
    // It looked at its clock before it fell asleep, and writes after another one has come.
    objects.before =
        () -> {
          objects.before = () -> {};
          clock.pass(TERM.plus(SKEW).plusMillis(1));
          taken();
        };
    asleep.renew();

    assertThatThrownBy(asleep::requireHeld).isInstanceOf(NotReadyException.class);
    asleep.close();
    assertThat(leases().take(".work.lease")).isEmpty();
  }

  @Test
  void anAnswerThatWasLostIsNoOtherHolder() {
    objects.losesAnswers = true;
    assertThatCode(() -> taken().requireHeld()).doesNotThrowAnyException();
  }

  /** Whoever looked when the first turn was over, and creates the second after others left it. */
  @Test
  void aNumberThatOthersHaveHadAndLeftIsNotTakenAgain() {
    taken().close();
    ObjectLease slow = new ObjectLease(objects, "work.lease", 2, Turn.byThisProcess(), clock);
    taken().close();
    ObjectLease third = taken();
    assertThat(objects.names()).containsExactly("work.lease.3");

    assertThat(slow.begin()).isFalse();
    assertThat(objects.names()).containsExactly("work.lease.3");
    third.requireHeld();
  }

  @Test
  void onlyTheLastTurnIsKept() {
    for (int turn = 0; turn < 12; turn++) {
      taken().close();
    }

    assertThat(objects.names()).containsExactly("work.lease.12");
  }

  @Test
  void whatIsNoLeaseIsLeftToTheOperator() {
    for (String text :
        new String[] {
          "", "assay-lease 1\nholder a\nuntil soon\n", "assay-lease 2\nholder a\nuntil x\n"
        }) {
      objects.replace("work.lease.1", text.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> leases().take(".work.lease"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("memory:/work.lease.1 is no lease; if no driver works there, delete it");
    }
  }

  private static final class MovedClock extends Clock {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    void pass(Duration time) {
      now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Objects of a store that may be away, slow, or silent about what it has done. */
  private static final class Faulty implements NamedObjects {
    private final MemoryObjects objects = new MemoryObjects();
    private boolean away;
    private boolean losesAnswers;
    private Runnable before = () -> {};

    @Override
    public boolean create(String name, byte[] content) {
      boolean isFirst = objects.create(name, content);
      return isFirst && !losesAnswers;
    }

    @Override
    public void replace(String name, byte[] content) {
      if (away) {
        throw new NotReadyException("away");
      }
      before.run();
      objects.replace(name, content);
    }

    @Override
    public void delete(String name) {
      objects.delete(name);
    }

    @Override
    public Optional<byte[]> read(String name, long mostBytes) {
      return objects.read(name, mostBytes);
    }

    @Override
    public SortedSet<String> names() {
      return objects.names();
    }

    @Override
    public String address() {
      return objects.address();
    }
  }
}

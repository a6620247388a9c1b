package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.tables.LossRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.Test;

class LossWriterTest {
  private final List<List<LossRow>> commits = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  private LossWriter writer() {
    return new LossWriter(
        rows -> {
          if (!failures.isEmpty()) {
            throw failures.pop();
          }
          commits.add(new ArrayList<>(rows));
        },
        pauses::add);
  }

  private static LossRow loss(String sample) {
    return new LossRow("m", sample, "t", "plain", 8, "f32", "k", "OK", 1, 1, 100);
  }

  @Test
  void lossesOfAModelThatGoesOnWaitForOneThatEnds() {
    try (LossWriter writer = writer()) {
      writer.add(List.of(loss("1")));
      writer.add(List.of(loss("2")));
      writer.addLast(List.of(loss("3")));
    }

    assertThat(commits).containsExactly(List.of(loss("1"), loss("2"), loss("3")));
  }

  @Test
  void closingCommitsWhatWaits() {
    try (LossWriter writer = writer()) {
      writer.add(List.of(loss("1")));
    }

    assertThat(commits).containsExactly(List.of(loss("1")));
  }

  @Test
  void whatPassesByItselfIsTriedAgain() {
    failures.add(new UncheckedIOException(new IOException("503")));
    failures.add(new CommitStateUnknownException(new IOException("timed out")));
    try (LossWriter writer = writer()) {
      writer.addLast(List.of(loss("1")));
    }

    assertThat(commits).containsExactly(List.of(loss("1")));
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
  }

  @Test
  void whatStaysEndsTheRunAfterFourTries() {
    for (int i = 0; i < 4; i++) {
      failures.add(new UncheckedIOException("broken", new IOException("broken " + i)));
    }
    LossWriter writer = writer();
    writer.add(List.of(loss("1")));

    assertThatThrownBy(writer::close).isInstanceOf(UncheckedIOException.class);
    assertThat(commits).isEmpty();
    assertThat(pauses).hasSize(3);
  }

  @Test
  void aFullDiskIsTheOperatorsAndNotTriedAgain() {
    failures.add(new NotReadyException("full", null));
    LossWriter writer = writer();
    writer.addLast(List.of(loss("1")));

    assertThatThrownBy(writer::close).isInstanceOf(NotReadyException.class);
    assertThat(pauses).isEmpty();
  }
}

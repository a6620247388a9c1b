package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.tables.LossRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LossWriterTest {
  private final List<List<LossRow>> commits = new CopyOnWriteArrayList<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  private LossWriter writer() {
    return new LossWriter(
        rows -> {
          if (!failures.isEmpty()) {
            throw failures.pop();
          }
          commits.add(new ArrayList<>(rows));
        });
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
  void whatKeepsACommitFromBeingWrittenEndsTheRun() {
    failures.add(new NotReadyException("full", null));
    LossWriter writer = writer();
    writer.addLast(List.of(loss("1")));

    assertThatThrownBy(writer::close).isInstanceOf(NotReadyException.class);
  }
}

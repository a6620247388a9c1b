package dev.assay.jobs.validator;

import dev.assay.jobs.status.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers a day of how much of a validator's weights consensus took. Neither tables nor most
 * nodes of the chain know that of yesterday, so a process that has just begun knows of no fall.
 */
final class TrustMemory {
  private static final Duration DAY = Duration.ofDays(1);

  /** A fall must last: other validators may be the ones who are late. */
  private static final Duration LASTING = Duration.ofHours(2);

  private static final double KEPT = 0.8;

  /** A value, and when it was first seen. */
  private record Seen(Instant since, double trust) {}

  private final Deque<Seen> changes = new ArrayDeque<>();
  private Optional<Instant> low = Optional.empty();

  /** Keeps what was read at a time. */
  void saw(double trust, Instant now) {
    if (changes.isEmpty() || changes.getLast().trust() != trust) {
      changes.add(new Seen(now, trust));
    }
    // What was seen last before the day held when it began.
    Instant dayAgo = now.minus(DAY);
    while (changes.size() > 1 && !second().since().isAfter(dayAgo)) {
      changes.removeFirst();
    }
    boolean isLow = trust < KEPT * most();
    low = isLow ? low.or(() -> Optional.of(now)) : Optional.empty();
  }

  private Seen second() {
    return changes.stream().skip(1).findFirst().orElseThrow();
  }

  private double most() {
    return changes.stream().mapToDouble(Seen::trust).max().orElse(0);
  }

  /** What is wrong, once it has been so for a while. */
  Optional<Problem> problem(Instant now) {
    return low.filter(since -> !since.plus(LASTING).isAfter(now))
        .map(
            since ->
                new Problem(
                    "trust_falls",
                    "consensus takes %.1f %% of this validator's weights, and took %.1f %% within a day"
                        .formatted(100 * changes.getLast().trust(), 100 * most()),
                    "compare the last evaluation with other validators' weights"));
  }
}

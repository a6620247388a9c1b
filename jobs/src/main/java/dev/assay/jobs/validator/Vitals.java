package dev.assay.jobs.validator;

import dev.assay.jobs.status.Problem;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.WindowReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a running validator knows of itself: the last look, the step that it takes, how earlier ones
 * ended. Safe for use by several threads.
 */
public final class Vitals {
  /** How often a step ended so and how long it took in all. */
  public record Tally(long done, long failed, double seconds) {}

  /** A step that did not succeed, and why; it is tried again. */
  public record Failure(String step, String reason, Instant at) {}

  private final Clock clock;
  private final SortedMap<String, Tally> tallies = new TreeMap<>();
  private final SortedMap<String, Failure> failures = new TreeMap<>();
  private final TrustMemory trust = new TrustMemory();
  private Optional<StatusReport> status = Optional.empty();
  private Instant looked = Instant.EPOCH;
  private Instant alive;
  private String step = "starts";
  private Instant since;
  private long windows;

  Vitals(Clock clock) {
    this.clock = clock;
    this.alive = clock.instant();
    this.since = alive;
  }

  /** One moment of it, which does not change. */
  public record Moment(
      Optional<StatusReport> status,
      Duration lookAge,
      Duration silence,
      String step,
      Instant since,
      long windows,
      Map<String, Tally> tallies,
      Optional<Problem> fall,
      List<Failure> failures) {

    /** What is wrong, steps that fail and trust that falls included; the gravest first. */
    public List<Problem> problems() {
      List<Problem> problems =
          new ArrayList<>(status.map(StatusReport::problems).orElseGet(List::of));
      fall.ifPresent(problems::add);
      failures.forEach(
          failure ->
              problems.add(
                  new Problem(
                      "step_failing",
                      failure.step() + ": " + failure.reason(),
                      "it is tried again; see the runbook if it stays")));
      return problems;
    }
  }

  /** What it knows now. */
  public synchronized Moment now() {
    Instant now = clock.instant();
    return new Moment(
        status,
        Duration.between(looked, now),
        Duration.between(alive, now),
        step,
        since,
        windows,
        Map.copyOf(tallies),
        trust.problem(now),
        List.copyOf(failures.values()));
  }

  synchronized void looked(StatusReport report) {
    status = Optional.of(report);
    looked = clock.instant();
    report
        .window()
        .flatMap(WindowReport::validatorTrust)
        .ifPresent(ratio -> trust.saw(ratio, looked));
  }

  /** Any sign of life. */
  synchronized void beat() {
    alive = clock.instant();
  }

  synchronized void begins(String name) {
    step = name;
    since = clock.instant();
    alive = since;
  }

  synchronized void done(String name) {
    end(name, 1, 0);
    failures.remove(name);
  }

  synchronized void failed(String name, String reason) {
    end(name, 0, 1);
    failures.put(name, new Failure(name, reason, clock.instant()));
  }

  synchronized void served() {
    windows++;
  }

  private void end(String name, int done, int failed) {
    Tally known = tallies.getOrDefault(name, new Tally(0, 0, 0));
    Instant now = clock.instant();
    tallies.put(
        name,
        new Tally(
            known.done() + done,
            known.failed() + failed,
            known.seconds() + Duration.between(since, now).toMillis() / 1e3));
    step = "waits";
    since = now;
    alive = now;
  }
}

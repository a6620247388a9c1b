package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All attempts of one unit until it has its fate: the driver's own retries, in place of Spark's,
 * because only the driver knows what an attempt's end says about the unit and about the node.
 */
final class UnitRun<R extends Serializable> {
  /** Runs one attempt. */
  interface Runner<R extends Serializable> {
    Outcome<R> run(int attempt, Placing placing) throws InterruptedException;
  }

  private static final long MOST_PAUSE_MILLIS = Duration.ofSeconds(15).toMillis();

  private final String unit;
  private final String home;
  private final int attempts;
  private final long deadlineSeconds;
  private final Cluster cluster;
  private final Quarantine quarantine;
  private final Predicate<R> elsewhere;
  private final Set<String> failedOn = new HashSet<>();
  private int lost;
  private long pauseMillis = Duration.ofSeconds(1).toMillis();

  /**
   * @param home node that it should run on; empty to leave it to Spark
   * @param elsewhere whether an answer is one that another node may not give
   */
  UnitRun(
      String unit,
      String home,
      int attempts,
      long deadlineSeconds,
      Cluster cluster,
      Quarantine quarantine,
      Predicate<R> elsewhere) {
    this.unit = unit;
    this.home = home;
    this.attempts = attempts;
    this.deadlineSeconds = deadlineSeconds;
    this.cluster = cluster;
    this.quarantine = quarantine;
    this.elsewhere = elsewhere;
  }

  Fate<R> fate(Runner<R> runner) throws InterruptedException {
    for (int attempt = 1; ; ) {
      List<Executor> live = cluster.executors();
      Outcome<R> outcome = runner.run(attempt, placing(live));
      if (outcome instanceof Outcome.Late) {
        return new Fate.TimedOut<>(deadlineSeconds);
      }
      if (outcome instanceof Outcome.Threw<R> threw) {
        return new Fate.Failed<>(threw.reason());
      }
      if (outcome instanceof Outcome.Lost<R> gone) {
        lost++;
        live.stream()
            .filter(executor -> executor.id().equals(gone.executor()))
            .forEach(executor -> failedOn.add(executor.node()));
        if (lost == attempts) {
          return new Fate.Crashed<>(lost);
        }
        attempt++;
      } else if (outcome instanceof Outcome.Answered<R> answered) {
        Answer<R> answer = answered.answer();
        if (answer.isDeclined()) {
          pause();
        } else if (triesElsewhere(answer)) {
          attempt++;
        } else {
          return new Fate.Returned<>(answer.value());
        }
      }
    }
  }

  private Placing placing(List<Executor> live) {
    Set<String> avoided = avoided();
    return avoided.contains(home)
        ? Placing.outside(avoided, live)
        : Placing.at(home, live).orElseGet(() -> Placing.outside(avoided, live));
  }

  private Set<String> avoided() {
    Set<String> avoided = new HashSet<>(quarantine.nodes());
    avoided.addAll(failedOn);
    return avoided;
  }

  /** Whether it failed on a node, and there is another that it has not failed on. */
  private boolean triesElsewhere(Answer<R> answer) {
    if (!elsewhere.test(answer.value())) {
      quarantine.strike(failedOn, unit);
      return false;
    }
    String node = cluster.nodeOf().name(answer.executor(), answer.node());
    boolean isFirst = failedOn.isEmpty();
    failedOn.add(node);
    return isFirst
        && cluster.executors().stream().anyMatch(other -> !failedOn.contains(other.node()));
  }

  private void pause() throws InterruptedException {
    Thread.sleep(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, MOST_PAUSE_MILLIS);
  }
}

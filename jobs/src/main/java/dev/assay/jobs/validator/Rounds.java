package dev.assay.jobs.validator;

import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.submit.SubmitReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Decides what a validator does next, a round at a time. Nothing is remembered that matters: a
 * process that is killed and started again reads from tables and chain what is left to do.
 */
final class Rounds {
  /** The most that failures in a row lengthen the wait for the next round, in polls. */
  private static final int MOST_PATIENCE = 32;

  /** Parts of a window after which the feed is asked again. */
  private static final int SNAPSHOTS = 4;

  private final Steps steps;
  private final Vitals vitals;
  private final Duration poll;
  private final Validator.Audience audience;
  private final Function<Throwable, String> wording;
  private long snapshotBlock = Long.MIN_VALUE;
  private long settledWindow = -1;
  private long servedWindow = -1;
  private int patience = 1;

  /**
   * @param audience hears of evaluations and of served windows
   * @param wording of what a step threw, in one line
   */
  Rounds(
      Steps steps,
      Vitals vitals,
      Duration poll,
      Validator.Audience audience,
      Function<Throwable, String> wording) {
    this.steps = steps;
    this.vitals = vitals;
    this.poll = poll;
    this.audience = audience;
    this.wording = wording;
  }

  /**
   * Looks, and takes the steps that are due.
   *
   * @return how long to wait before the next round
   */
  Duration next() throws InterruptedException {
    Optional<WindowReport> window = look().flatMap(StatusReport::window);
    if (window.isEmpty()) {
      return backOff();
    }
    return serve(window.get()) ? rest() : backOff();
  }

  private Optional<StatusReport> look() throws InterruptedException {
    Optional<StatusReport> status = attempt("look", steps::look);
    status.ifPresent(vitals::looked);
    return status;
  }

  /** Whether nothing failed. */
  private boolean serve(WindowReport window) throws InterruptedException {
    boolean isDue = isSnapshotDue(window);
    boolean isSampled = !isDue || snapshot(window);
    if (!window.isOpen()) {
      served(window.window());
      // Whether they come early is a matter of time only.
      return isSampled && (!isDue || attempt("prefetch", steps::prefetch).isPresent());
    }
    return switch (window.weights()) {
      // An operator must act; looking goes on.
      case UNREGISTERED, NO_HOTKEY, FOREIGN -> true;
      case SENT, COMMITTED, SET -> submit(window, Optional.empty());
      case NONE, INTENDED, FAILED, EXPIRED ->
          settledWindow == window.window() || evaluateAndSubmit(window);
    };
  }

  private boolean evaluateAndSubmit(WindowReport window) throws InterruptedException {
    Optional<String> evaluation = window.evaluation();
    if (evaluation.isEmpty()) {
      Optional<EvaluationReport> report = attempt("evaluate", steps::evaluate);
      report.ifPresent(done -> pages("report", () -> audience.evaluated(done)));
      evaluation = report.map(EvaluationReport::evaluation);
    }
    if (evaluation.isPresent()) {
      return submit(window, evaluation);
    }
    // Without one, submit.fallback decides.
    return window.block() >= window.fallbackBlock() && submit(window, Optional.empty());
  }

  private boolean submit(WindowReport window, Optional<String> evaluation)
      throws InterruptedException {
    Optional<SubmitReport> report = attempt("submit", () -> steps.submit(evaluation));
    if (report.isEmpty()) {
      return false;
    }
    return switch (report.get().state()) {
      case SET, ALREADY_SET, COMMITTED -> {
        served(report.get().window());
        yield true;
      }
      case NOTHING_TO_SET -> {
        settledWindow = window.window();
        served(window.window());
        yield true;
      }
      case FAILED, REFUSED, UNKNOWN, TRY_AGAIN -> {
        vitals.failed("submit", report.get().state() + ": " + report.get().reason());
        yield false;
      }
    };
  }

  private boolean isSnapshotDue(WindowReport window) {
    long blocks = window.lastBlock() - window.firstBlock() + 1;
    boolean isNewWindow = snapshotBlock < window.firstBlock();
    return isNewWindow || window.block() >= snapshotBlock + Math.max(1, blocks / SNAPSHOTS);
  }

  private boolean snapshot(WindowReport window) throws InterruptedException {
    boolean isDone = attempt("snapshot", steps::snapshot).isPresent();
    if (isDone) {
      snapshotBlock = window.block();
    }
    return isDone;
  }

  /** Looks before it counts, so that whoever sees the count sees the weights' new state as well. */
  private void served(long window) throws InterruptedException {
    if (window > servedWindow) {
      servedWindow = window;
      look();
      vitals.served();
      pages("leaderboard", audience::served);
    }
  }

  /** Pages that can't be written are told of, and weights are set all the same. */
  private void pages(String name, Runnable work) {
    vitals.begins(name);
    try {
      work.run();
      vitals.done(name);
    } catch (RuntimeException failure) {
      vitals.failed(name, wording.apply(failure));
    }
  }

  private <T> Optional<T> attempt(String name, Callable<T> step) throws InterruptedException {
    vitals.begins(name);
    try {
      T result = step.call();
      vitals.done(name);
      return Optional.of(result);
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception failure) {
      vitals.failed(name, wording.apply(failure));
      return Optional.empty();
    }
  }

  private Duration rest() {
    patience = 1;
    return poll;
  }

  private Duration backOff() {
    Duration wait = poll.multipliedBy(patience);
    patience = Math.min(MOST_PATIENCE, 2 * patience);
    return wait;
  }
}

package dev.assay.jobs.status;

import dev.assay.jobs.status.StatusReport.Running;
import dev.assay.jobs.status.StatusReport.State;
import java.util.List;
import java.util.Optional;

/** What a validator does, or waits for, where nothing is wrong. */
record Next(State state, String reason, String step) {
  static Next of(
      Optional<WindowReport> reached, Optional<Long> newestSample, List<Running> running) {
    if (reached.isEmpty()) {
      return new Next(
          State.UNREACHABLE, "no endpoint answers", "look again when chain.endpoints answer");
    }
    WindowReport window = reached.get();
    Optional<Running> atWork =
        running.stream().filter(process -> !process.work().equals("validator")).findFirst();
    if (atWork.isPresent()) {
      return new Next(
          State.WORKING,
          "%s runs in process %d".formatted(atWork.get().work(), atWork.get().process()),
          "wait for it");
    }
    if (!window.isOpen()) {
      return new Next(
          State.WAITING,
          "window %d: %s".formatted(window.window(), window.reason()),
          "nothing until block " + (window.lastBlock() + 1));
    }
    String step = step(window, newestSample);
    return new Next(
        State.DUE,
        "window %d: %s".formatted(window.window(), window.reason()),
        running.isEmpty() ? step : "assay validator goes on by itself: " + step);
  }

  private static String step(WindowReport window, Optional<Long> newestSample) {
    if (window.evaluation().isPresent()) {
      return "assay submit";
    }
    long first = window.firstBlock() - (window.lastBlock() - window.firstBlock() + 1);
    return newestSample.filter(block -> block >= first).isPresent()
        ? "assay evaluate"
        : "assay snapshot";
  }
}

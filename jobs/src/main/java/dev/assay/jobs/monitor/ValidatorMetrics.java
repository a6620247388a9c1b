package dev.assay.jobs.monitor;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.FreeSpace;
import dev.assay.jobs.status.Problem;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.status.Weights;
import dev.assay.jobs.status.WindowReport;
import dev.assay.jobs.validator.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A validator's metrics. Dashboards and rules rely on their names: they never change. */
public final class ValidatorMetrics {
  private final AssayConfiguration configuration;
  private final String version;

  /**
   * @param version of this release
   */
  public ValidatorMetrics(AssayConfiguration configuration, String version) {
    this.configuration = configuration;
    this.version = version;
  }

  /**
   * All of them in Prometheus's text format.
   *
   * @param now by the wall clock, for ages
   */
  public String text(Vitals.Moment moment, Instant now) {
    Exposition out = new Exposition();
    out.gauge(
        "assay_info",
        "Always 1; what runs here.",
        Map.of(
            "version",
            version,
            "netuid",
            String.valueOf(configuration.chain().netuid()),
            "mechanism",
            String.valueOf(configuration.chain().mechanism())),
        1);
    process(moment, out);
    boolean isReached = moment.status().flatMap(StatusReport::window).isPresent();
    out.gauge(
        "assay_endpoint_reachable", "Whether the chain's endpoints answer.", isReached ? 1 : 0);
    moment.status().flatMap(StatusReport::window).ifPresent(window -> chain(window, now, out));
    moment.status().ifPresent(status -> tables(status, out));
    disks(out);
    problems(moment.problems(), out);
    return out.toString();
  }

  private static void process(Vitals.Moment moment, Exposition out) {
    out.gauge(
        "assay_look_age_seconds",
        "Since the last look at chain and tables.",
        Math.min(moment.lookAge().toMillis() / 1e3, 1e9));
    out.gauge(
        "assay_silence_seconds",
        "Since the last sign of life of the step that runs.",
        moment.silence().toMillis() / 1e3);
    out.counter(
        "assay_windows_served_total",
        "Windows whose weights were set.",
        Map.of(),
        moment.windows());
    Set<String> steps = new TreeSet<>(List.of("look", "snapshot", "evaluate", "submit"));
    steps.addAll(moment.tallies().keySet());
    Vitals.Tally none = new Vitals.Tally(0, 0, 0);
    for (String step : steps) {
      Vitals.Tally tally = moment.tallies().getOrDefault(step, none);
      out.counter(
          "assay_steps_total",
          "Steps by how they ended.",
          Map.of("step", step, "outcome", "done"),
          tally.done());
      out.counter(
          "assay_steps_total",
          "Steps by how they ended.",
          Map.of("step", step, "outcome", "failed"),
          tally.failed());
    }
    for (String step : steps) {
      out.counter(
          "assay_step_seconds_total",
          "Time that steps took.",
          Map.of("step", step),
          moment.tallies().getOrDefault(step, none).seconds());
    }
  }

  private static void chain(WindowReport window, Instant now, Exposition out) {
    out.gauge("assay_chain_block", "The last final block.", window.block());
    out.gauge(
        "assay_endpoint_lag_seconds",
        "Age of the last final block by this machine's clock.",
        (now.toEpochMilli() - window.blockTime().toEpochMilli()) / 1e3);
    out.gauge("assay_window", "The present window.", window.window());
    out.gauge(
        "assay_window_blocks_left",
        "Blocks until the next window opens.",
        window.lastBlock() + 1 - window.block());
    out.gauge(
        "assay_window_open",
        "Whether the present window wants something.",
        window.isOpen() ? 1 : 0);
    for (Weights state : Weights.values()) {
      out.gauge(
          "assay_window_weights",
          "How the present window's weights stand; 1 for one state.",
          Map.of("state", state.name()),
          state == window.weights() ? 1 : 0);
    }
    out.gauge(
        "assay_validator_registered",
        "Whether the hotkey is a member of the subnet.",
        window.uid().isPresent() ? 1 : 0);
    out.gauge(
        "assay_validator_permit",
        "Whether it has a validator permit.",
        window.validatorPermit().orElse(false) ? 1 : 0);
    out.gauge(
        "assay_validator_active",
        "Whether the chain counts it as active.",
        window.isActive().orElse(false) ? 1 : 0);
    out.gauge(
        "assay_validator_trust_ratio",
        "How much of its weights consensus took at the last epoch.",
        window.validatorTrust().orElse(0.0));
    out.gauge(
        "assay_validator_dividends_ratio",
        "What the last epoch granted it, as a share of all.",
        window.dividends().orElse(0.0));
    out.gauge(
        "assay_weights_age_blocks",
        "Blocks since the hotkey's last weights, or since its registration.",
        window.block() - window.lastUpdate().orElse(window.block()));
    out.gauge(
        "assay_immunity_period_blocks",
        "Blocks for which a new neuron can't be replaced.",
        window.immunityPeriod());
  }

  private static void tables(StatusReport status, Exposition out) {
    long block = status.window().map(WindowReport::block).orElse(0L);
    out.gauge(
        "assay_samples_newest_block",
        "The highest block that the table has samples of.",
        status.newestSample().orElse(0L));
    out.gauge(
        "assay_samples_lag_blocks",
        "Blocks from the newest sample to the last final block.",
        Math.max(0, block - status.newestSample().orElse(0L)));
    LastEvaluation last = status.evaluation().orElse(null);
    out.gauge(
        "assay_evaluation_models",
        "Models of the last evaluation.",
        last == null ? 0 : last.models());
    out.gauge(
        "assay_evaluation_accepted_models",
        "Those of them that were accepted.",
        last == null ? 0 : last.accepted());
    for (String blame : List.of("MINER", "INFRASTRUCTURE", "UNKNOWN")) {
      out.gauge(
          "assay_evaluation_refused_models",
          "Those that were not, by who is to blame.",
          Map.of("blame", blame),
          last == null ? 0 : last.byBlame().getOrDefault(blame, 0));
    }
    out.gauge(
        "assay_evaluation_finished_timestamp_seconds",
        "When the last evaluation was complete; 0 where there is none.",
        last == null ? 0 : last.finishedAt().getEpochSecond());
    out.gauge(
        "assay_queue_age_blocks",
        "How long the oldest commitment may have waited to be judged.",
        last == null ? 0 : last.queueAge(block));
    out.gauge(
        "assay_quarantined_nodes",
        "Nodes that the last evaluation went on without.",
        last == null ? 0 : last.quarantined().size());
  }

  private void disks(Exposition out) {
    Map<String, String> places =
        Map.of(
            "warehouse", configuration.paths().warehouse(),
            "cache", configuration.evaluation().cache());
    places.forEach(
        (name, place) ->
            FreeSpace.of(place)
                .ifPresent(
                    free ->
                        out.gauge(
                            "assay_disk_free_bytes",
                            "Free bytes of a disk.",
                            Map.of("place", name),
                            free)));
  }

  private static void problems(List<Problem> problems, Exposition out) {
    Set<String> present = problems.stream().map(Problem::id).collect(Collectors.toSet());
    Set<String> all = new TreeSet<>(Problem.IDS);
    all.addAll(present);
    all.forEach(
        id ->
            out.gauge(
                "assay_problem",
                "Whether assay status tells this problem.",
                Map.of("id", id),
                present.contains(id) ? 1 : 0));
  }
}

package dev.assay.jobs.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.monitor.MonitorServer.Answer;
import dev.assay.jobs.validator.Vitals;
import java.time.Duration;

/**
 * Whether a validator's process works, for whoever restarts it: a problem of the chain, the feed or
 * the wallet is no reason to.
 */
public final class Health {
  private static final Duration SLACK = Duration.ofMinutes(5);

  private Health() {}

  /** 200 while the process gives signs of life, else 503, with what it does as JSON. */
  public static Answer of(Vitals.Moment moment, AssayConfiguration configuration) {
    // The longest that a model may be silent: one that hangs until its deadline, on each attempt.
    Duration limit =
        configuration
            .evaluation()
            .deadline()
            .multipliedBy(configuration.evaluation().attempts() + 1L)
            .plus(configuration.validator().poll().multipliedBy(64))
            .plus(SLACK);
    boolean isAlive = moment.silence().compareTo(limit) < 0;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("alive", isAlive)
        .put("state", moment.status().map(status -> status.state().name()).orElse("STARTING"))
        .put("reason", moment.status().map(status -> status.reason()).orElse(""))
        .put("step", moment.step())
        .put("since", moment.since().toString())
        .put("silence_seconds", moment.silence().toSeconds())
        .put("windows_served", moment.windows());
    moment.problems().forEach(problem -> body.withArray("problems").add(problem.id()));
    return new Answer(isAlive ? 200 : 503, "application/json", body + "\n");
  }
}

package dev.assay.jobs.validator;

import dev.assay.chain.keys.Signer;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves window after window in one process: waits for it, takes samples, evaluates, sets weights.
 * Whatever fails is tried again, more and more patiently. One process at a time does it in a
 * warehouse; single commands, of a scheduler for instance, exclude it step by step.
 */
public final class Validator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Validator.class);
  private static final String LEASE = "validator";

  private final AssayConfiguration configuration;
  private final Warehouse warehouse;
  private final Lease lease;
  private final Vitals vitals;
  private final Steps steps;
  private final Rounds rounds;
  private final ScheduledExecutorService watch;

  /** Whom a validator tells what it does. */
  public interface Audience {
    /** An evaluation is complete. */
    void evaluated(EvaluationReport report);

    /** A window has its weights, or wants none. */
    void served();

    /** A look is over, by this process's work or beside it; called on several threads. */
    void looked(Vitals.Moment moment);
  }

  private Validator(
      AssayConfiguration configuration,
      Warehouse warehouse,
      Lease lease,
      Vitals vitals,
      Steps steps,
      Rounds rounds,
      Consumer<Vitals.Moment> looked) {
    this.configuration = configuration;
    this.warehouse = warehouse;
    this.lease = lease;
    this.vitals = vitals;
    this.steps = steps;
    this.rounds = rounds;
    this.watch = watch(looked);
  }

  /**
   * Takes the warehouse's lease; {@link #run} then works.
   *
   * @param environment of the process, for Spark
   * @param signer of the validator's hotkey
   * @param progress what a step tells while it goes on
   * @param wording of a failure, in one line
   * @throws NotReadyException if another process validates there
   */
  public static Validator start(
      AssayConfiguration configuration,
      Map<String, String> environment,
      Signer signer,
      Progress progress,
      Audience audience,
      Function<Throwable, String> wording,
      Clock clock) {
    Vitals vitals = new Vitals(clock);
    Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration());
    Optional<Lease> lease = warehouse.lease(LEASE);
    if (lease.isEmpty()) {
      String holder =
          warehouse.holder(LEASE).map(process -> ", process " + process.pid()).orElse("");
      warehouse.close();
      throw new NotReadyException(
          "another assay validator%s works on %s; stop it first"
              .formatted(holder, configuration.paths().warehouse()));
    }
    Steps steps =
        new JobSteps(
            configuration, environment, signer, new BeatingProgress(progress, vitals), clock);
    Rounds rounds = new Rounds(steps, vitals, configuration.validator().poll(), audience, wording);
    return new Validator(
        configuration, warehouse, lease.get(), vitals, steps, rounds, audience::looked);
  }

  /** What it knows of itself, for whoever asks while it works. */
  public Vitals vitals() {
    return vitals;
  }

  /**
   * Works until the thread is interrupted, or so many windows are served.
   *
   * @param windows 0 for no end
   */
  public void run(long windows) throws InterruptedException {
    while (windows == 0 || vitals.now().windows() < windows) {
      lease.requireHeld();
      Duration wait = rounds.next();
      if (windows == 0 || vitals.now().windows() < windows) {
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      }
    }
  }

  /** Looks while a step takes long, and tells of every look. */
  private ScheduledExecutorService watch(Consumer<Vitals.Moment> looked) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "assay-watch");
              thread.setDaemon(true);
              return thread;
            });
    long poll = configuration.validator().poll().toMillis();
    var unused =
        clock.scheduleWithFixedDelay(() -> watch(looked, poll), poll, poll, TimeUnit.MILLISECONDS);
    return clock;
  }

  private void watch(Consumer<Vitals.Moment> looked, long poll) {
    try {
      if (vitals.now().lookAge().toMillis() > 2 * poll) {
        StatusReport report = steps.look();
        vitals.looked(report);
      }
    } catch (RuntimeException told) {
      // The round that comes next meets and tells the same.
      LOG.debug("a look failed", told);
    }
    looked.accept(vitals.now());
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      steps.close();
    } finally {
      lease.close();
      warehouse.close();
    }
  }
}

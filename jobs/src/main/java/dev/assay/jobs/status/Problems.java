package dev.assay.jobs.status;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is wrong with a validator, the gravest first. */
final class Problems {
  /** Blocks that a final block may be late before an endpoint counts as lagging. */
  private static final int LATE_BLOCKS = 50;

  /** A chain whose clock is further off is a local one, which keeps a time of its own. */
  private static final Duration OWN_TIME = Duration.ofDays(30);

  private static final long LEAST_FREE_BYTES = 2L << 30;

  private final AssayConfiguration configuration;
  private final Instant now;
  private final List<Problem> grave = new ArrayList<>();
  private final List<Problem> other = new ArrayList<>();

  Problems(AssayConfiguration configuration, Instant now) {
    this.configuration = configuration;
    this.now = now;
  }

  List<Problem> found() {
    List<Problem> all = new ArrayList<>(grave);
    all.addAll(other);
    return all;
  }

  void unreachable(String reason) {
    grave.add(
        new Problem(
            "endpoint_unreachable",
            "no endpoint of the chain answers: " + reason,
            "check the network, or name other addresses in chain.endpoints"));
  }

  void chain(WindowReport window, Optional<String> genesis) {
    genesis
        .filter(known -> !known.equals(window.genesis()))
        .ifPresent(
            known ->
                grave.add(
                    new Problem(
                        "other_chain",
                        "the warehouse belongs to the chain with the genesis %s, and the endpoint's is %s"
                            .formatted(known, window.genesis()),
                        "correct chain.endpoints or paths.warehouse")));
    weights(window);
    membership(window);
    Duration age = Duration.between(window.blockTime(), now);
    Duration limit = configuration.submit().blockTime().multipliedBy(LATE_BLOCKS);
    if (age.compareTo(limit) > 0 && age.compareTo(OWN_TIME) < 0) {
      other.add(
          new Problem(
              "endpoint_lags",
              "the last final block, %d, is %d s old; at most %d s"
                  .formatted(window.block(), age.toSeconds(), limit.toSeconds()),
              "name another endpoint first in chain.endpoints, and check this machine's clock"));
    }
  }

  private void weights(WindowReport window) {
    if (!window.isOpen()) {
      return;
    }
    String about = "window %d: %s".formatted(window.window(), window.reason());
    switch (window.weights()) {
      case FAILED ->
          grave.add(new Problem("weights_failed", about, "mend it, then run assay submit"));
      case FOREIGN ->
          grave.add(
              new Problem(
                  "weights_foreign",
                  about,
                  "run assay submit --evaluation ID --accept-update "
                      + window.lastUpdate().orElse(0L)));
      case NO_HOTKEY ->
          other.add(
              new Problem(
                  "hotkey_missing",
                  "%s has no hotkey %s in the wallet %s"
                      .formatted(
                          configuration.submit().wallets(),
                          configuration.submit().hotkey(),
                          configuration.submit().wallet()),
                  "correct submit.wallets, submit.wallet and submit.hotkey"));
      case NONE, INTENDED, SENT, COMMITTED, SET, EXPIRED, UNREGISTERED -> late(window);
    }
  }

  private void late(WindowReport window) {
    if (window.block() >= window.fallbackBlock()) {
      grave.add(
          new Problem(
              "no_weights",
              "window %d has no weights at block %d, and closes at block %d"
                  .formatted(window.window(), window.block(), window.lastBlock()),
              "run assay submit, which applies submit.fallback"));
    }
  }

  private void membership(WindowReport window) {
    String hotkey = window.hotkey().orElse("");
    if (window.hotkey().isPresent() && window.uid().isEmpty()) {
      grave.add(
          new Problem(
              "not_registered",
              "the hotkey %s is not registered in subnet %d".formatted(hotkey, window.netuid()),
              "register it, or correct submit.wallet and submit.hotkey"));
    }
    if (window.validatorPermit().filter(permit -> !permit).isPresent()) {
      grave.add(
          new Problem(
              "no_permit",
              "the hotkey %s has no validator permit in subnet %d"
                  .formatted(hotkey, window.netuid()),
              "add stake: only the neurons with the most get one"));
    }
    if (window.isActive().filter(active -> !active).isPresent()) {
      grave.add(
          new Problem(
              "inactive",
              "the chain counts the validator as inactive since its last update, of block %d"
                  .formatted(window.lastUpdate().orElse(0L)),
              "set weights in this window"));
    }
  }

  /** Whether the window can be judged on anything. */
  void samples(WindowReport window, Optional<Long> newestSample) {
    if (configuration.feed().places().isEmpty() || window.window() == 0) {
      return;
    }
    long blocks = window.lastBlock() - window.firstBlock() + 1;
    if (newestSample.filter(block -> block >= window.firstBlock() - blocks).isEmpty()) {
      other.add(
          new Problem(
              "feed_stale",
              "the newest sample is of block %s; window %d is judged on those of blocks %d to %d"
                  .formatted(
                      newestSample.map(String::valueOf).orElse("none"),
                      window.window(),
                      window.firstBlock() - blocks,
                      window.firstBlock() - 1),
              "run assay snapshot, which says what the feed has"));
    }
  }

  void evaluation(LastEvaluation evaluation) {
    int ours =
        evaluation.byBlame().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("MINER"))
            .mapToInt(Map.Entry::getValue)
            .sum();
    if (ours > 0) {
      other.add(
          new Problem(
              "models_unjudged",
              "%d of %d models of evaluation %s could not be judged through no fault of a miner"
                  .formatted(ours, evaluation.models(), evaluation.evaluation()),
              "see their reasons in the table verdicts; a later block of the window tries again"));
    }
    evaluation
        .quarantined()
        .forEach(
            (node, models) ->
                other.add(
                    new Problem(
                        "node_quarantined",
                        "node %s failed %d models of evaluation %s that others could judge"
                            .formatted(node, models, evaluation.evaluation()),
                        "look at its GPU, its disk and its token")));
  }

  /** Whether a model may have been replaced before anybody judged it. */
  void queue(WindowReport window, LastEvaluation evaluation) {
    long age = evaluation.queueAge(window.block());
    if (age > window.immunityPeriod()) {
      grave.add(
          new Problem(
              "queue_old",
              "a commitment may have waited %d blocks to be judged; a new model is immune for %d"
                  .formatted(age, window.immunityPeriod()),
              "find out why evaluations fail, or add executors"));
    }
  }

  /** The disks that fill. */
  void disks() {
    disk("paths.warehouse", configuration.paths().warehouse());
    disk("evaluation.cache", configuration.evaluation().cache());
  }

  private void disk(String key, String place) {
    Optional<Long> free = FreeSpace.of(place);
    if (free.filter(bytes -> bytes < LEAST_FREE_BYTES).isPresent()) {
      other.add(
          new Problem(
              "disk_low",
              "the disk of %s, %s, has %d MiB free; at least %d"
                  .formatted(key, place, free.get() >> 20, LEAST_FREE_BYTES >> 20),
              "make room there"));
    }
  }
}

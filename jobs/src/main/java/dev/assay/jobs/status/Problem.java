package dev.assay.jobs.status;

import java.util.Set;

/**
 * Something that an operator should know.
 *
 * @param id a stable name, as alerts and metrics use it
 * @param what the thing, its value and its limit
 * @param fix the next step
 */
public record Problem(String id, String what, String fix) {
  /** All that status knows; a running validator adds {@code step_failing}, {@code trust_falls}. */
  public static final Set<String> IDS =
      Set.of(
          "endpoint_unreachable",
          "other_chain",
          "weights_failed",
          "weights_foreign",
          "no_weights",
          "not_registered",
          "no_permit",
          "inactive",
          "hotkey_missing",
          "endpoint_lags",
          "feed_stale",
          "models_unjudged",
          "node_quarantined",
          "queue_old",
          "disk_low",
          "step_failing",
          "trust_falls");
}

package dev.assay.score.entry;

import java.util.Objects;

/**
 * The rule that a model broke.
 *
 * @param rule the rule in words, for example {@code parameters at most}
 * @param value what the model has
 * @param limit what the rule allows
 */
public record Breach(String rule, String value, String limit) {
  public Breach {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(limit, "limit");
  }
}

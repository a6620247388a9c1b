package dev.assay.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How losses become weights: a value whose every part can be switched.
 *
 * @param name what configuration, bundles and reports call it
 * @param advantage what an earlier model is given
 * @param tieBreak who is the earlier of two models from one block
 * @param matches which losses are compared
 * @param unranked what becomes of failed models and duplicates
 * @param stateKey what the moving average is remembered by
 * @param temperature the softmax's temperature, above 0
 * @param alpha the share of the old weight in the moving average, at least 0 and below 1
 * @param kept how many of the best models stay in the evaluation
 */
public record Policy(
    String name,
    Advantage advantage,
    TieBreak tieBreak,
    Matches matches,
    Unranked unranked,
    StateKey stateKey,
    double temperature,
    double alpha,
    int kept) {
  /** The rules of finetuning-subnet 0.2.7, exactly. */
  public static final String ORIGINAL = "nous-0.2.7";

  /** The original's rules, with failed models and duplicates left out and state by registration. */
  public static final String ORIGINAL_RANKED = "nous-0.2.7-ranked";

  public Policy {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(advantage, "advantage");
    Objects.requireNonNull(tieBreak, "tieBreak");
    Objects.requireNonNull(matches, "matches");
    Objects.requireNonNull(unranked, "unranked");
    Objects.requireNonNull(stateKey, "stateKey");
    Limits.above("policy.temperature", temperature, 0);
    Limits.between("policy.temperature", temperature, 0, Double.MAX_VALUE);
    Limits.between("policy.alpha", alpha, 0, Math.nextDown(1.0));
    Limits.atLeast("policy.kept", kept, 1);
  }

  /**
   * The policy that goes by a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Policy named(String name) {
    return switch (name) {
      case ORIGINAL ->
          new Policy(
              ORIGINAL,
              Advantage.fixed(0.01),
              TieBreak.NONE,
              Matches.EVERY_LOSS,
              Unranked.PAID_AS_WINLESS,
              StateKey.UID,
              0.08,
              0.9,
              5);
      case ORIGINAL_RANKED ->
          new Policy(
              ORIGINAL_RANKED,
              Advantage.fixed(0.01),
              TieBreak.NONE,
              Matches.FINITE_LOSSES,
              Unranked.LEFT_OUT,
              StateKey.REGISTRATION,
              0.08,
              0.9,
              5);
      default ->
          throw new IllegalArgumentException(
              "policy: is \"" + name + "\", must be one of " + names());
    };
  }

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return List.of(ORIGINAL, ORIGINAL_RANKED);
  }

  /** How this policy departs from the original's rules, for the record of an evaluation. */
  public List<String> deviations() {
    List<String> deviations = new ArrayList<>();
    if (matches == Matches.FINITE_LOSSES) {
      deviations.add(
          "a model with a loss that is not finite is no match; empty samples are skipped");
    }
    if (unranked == Unranked.LEFT_OUT) {
      deviations.add("failed models and duplicates are left out before the softmax");
    }
    if (stateKey == StateKey.REGISTRATION) {
      deviations.add("a moving average belongs to a registration, not to a UID");
    }
    return List.copyOf(deviations);
  }
}

package dev.assay.score.rules;

import dev.assay.score.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How losses become weights: a value whose every part can be switched.
 *
 * @param name what configuration, bundles and reports call it
 * @param sampling which samples a model is judged by
 * @param entrants which models take part
 * @param advantage what an earlier model is given
 * @param ranking how models are ranked
 * @param payment how weights move
 */
public record Policy(
    String name,
    Sampling sampling,
    Entrants entrants,
    Advantage advantage,
    Ranking ranking,
    Payment payment) {
  /** {@link OriginalPolicy}'s name. */
  public static final String ORIGINAL = "nous-0.2.7";

  /** {@link RankedPolicy}'s name. */
  public static final String ORIGINAL_RANKED = "nous-0.2.7-ranked";

  /** {@link AssayPolicy}'s name. */
  public static final String ASSAY_1 = "assay-1";

  public Policy {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(entrants, "entrants");
    Objects.requireNonNull(advantage, "advantage");
    Objects.requireNonNull(ranking, "ranking");
    Objects.requireNonNull(payment, "payment");
  }

  /** Every policy; a new one is a class of its own, and a line here. */
  private static List<Policy> all() {
    return List.of(OriginalPolicy.policy(), RankedPolicy.policy(), AssayPolicy.policy());
  }

  /**
   * The policy that goes by a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Policy named(String name) {
    return all().stream()
        .filter(policy -> policy.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "policy: is \"" + name + "\", must be one of " + names()));
  }

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return all().stream().map(Policy::name).toList();
  }

  /** The same policy with another way to rank. */
  public Policy withRanking(Ranking changed) {
    return new Policy(name, sampling, entrants, advantage, changed, payment);
  }

  /**
   * The same policy that stops models early.
   *
   * @throws IllegalArgumentException if every model's losses on all samples move its weights
   */
  public Policy withEarlyStop(EarlyStop rule) {
    if (!ranking.allowsEarlyStop()) {
      throw new IllegalArgumentException(
          "early_stop: is set under policy "
              + name
              + ", where each model's losses on all samples move weights; leave it out, or set"
              + " policy: "
              + ASSAY_1);
    }
    return withRanking(ranking.withEarlyStop(rule));
  }

  /** The same policy with another advantage of the earlier model. */
  public Policy withAdvantage(Advantage changed) {
    return new Policy(name, sampling, entrants, changed, ranking, payment);
  }

  /** How this policy departs from the original's rules, for the record of an evaluation. */
  public List<String> deviations() {
    List<String> deviations = new ArrayList<>();
    add(deviations, sampling.delayBlocks() > 0, "samples are newer than a commitment by a delay");
    add(deviations, sampling.maxSourceShare() < 1, "no source provides more than its quota");
    add(
        deviations,
        entrants.tieBreak() == TieBreak.EXTRINSIC,
        "of two models from one block the lower extrinsic index is the earlier");
    add(
        deviations,
        entrants.matches() == Matches.FINITE_LOSSES,
        "a model with a loss that is not finite is no match; empty samples are skipped");
    add(
        deviations,
        entrants.unranked() == Unranked.LEFT_OUT,
        "failed models and duplicates are left out before the softmax");
    add(deviations, entrants.nearDuplicate() > 0, "near-duplicates count as duplicates");
    add(
        deviations,
        entrants.nearLosses() > 0,
        "a model whose losses are nearly an earlier one's counts as its duplicate");
    add(deviations, advantage.decayBlocks() > 0, "the advantage of the earlier model decays");
    add(
        deviations,
        ranking.field() == Field.COMPETITIVE_SET,
        "only models that beat every earlier one are ranked");
    add(
        deviations,
        ranking.significance().isPresent(),
        "a difference counts once it is established, at fixed windows");
    add(deviations, ranking.reward() == Reward.LEADER, "the leader is paid alone");
    add(
        deviations,
        ranking.earlyStop().isPresent(),
        "a model that cannot overtake is judged on the first samples alone");
    add(
        deviations,
        payment.averaging() == Averaging.PER_COMPETITION,
        "every competition has a moving average of its own");
    add(
        deviations,
        payment.stateKey() == StateKey.REGISTRATION,
        "a moving average belongs to a registration, not to a UID");
    add(
        deviations,
        payment.patience() > 0,
        "a failure that is not the miner's is free for a while");
    add(
        deviations,
        payment.forgotten() > 0,
        "a weight that earns nothing any more is dropped once it is small");
    return List.copyOf(deviations);
  }

  private static void add(List<String> deviations, boolean holds, String deviation) {
    if (holds) {
      deviations.add(deviation);
    }
  }
}

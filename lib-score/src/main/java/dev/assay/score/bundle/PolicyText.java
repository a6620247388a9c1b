package dev.assay.score.bundle;

import dev.assay.score.rules.Advantage;
import dev.assay.score.rules.Averaging;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.Entrants;
import dev.assay.score.rules.Field;
import dev.assay.score.rules.Matches;
import dev.assay.score.rules.Payment;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.Ranking;
import dev.assay.score.rules.Reward;
import dev.assay.score.rules.StateKey;
import dev.assay.score.rules.TieBreak;
import dev.assay.score.rules.Unranked;
import dev.assay.score.sampling.Sampling;
import dev.assay.score.statistics.Significance;
import java.util.Optional;

/** A policy with every switch, so that a replay never depends on what a name means later. */
final class PolicyText {
  private PolicyText() {}

  static void write(Lines lines, Policy policy) {
    lines.add("policy", policy.name());
    lines.add("sampling", policy.sampling().delayBlocks(), policy.sampling().maxSourceShare());
    Entrants entrants = policy.entrants();
    lines.add(
        "entrants",
        entrants.tieBreak(),
        entrants.matches(),
        entrants.unranked(),
        entrants.nearDuplicate(),
        entrants.nearLosses());
    Advantage advantage = policy.advantage();
    lines.add("advantage", advantage.initial(), advantage.floor(), advantage.decayBlocks());
    lines.add("ranking", policy.ranking().field(), policy.ranking().reward());
    policy.ranking().significance().ifPresent(significance -> write(lines, significance));
    policy.ranking().earlyStop().ifPresent(rule -> lines.add("early_stop", rule.error()));
    Payment payment = policy.payment();
    lines.add(
        "payment",
        payment.temperature(),
        payment.alpha(),
        payment.averaging(),
        payment.stateKey(),
        payment.kept(),
        payment.patience(),
        payment.forgotten());
  }

  private static void write(Lines lines, Significance significance) {
    lines.add(
        "significance",
        significance.falsePromotion(),
        significance.challengers(),
        significance.horizon(),
        significance.minClusters(),
        significance.clip(),
        significance.tolerance(),
        significance.decideEvery());
  }

  static Policy read(LineReader in) {
    String name = last(in.expect("policy"), in.text());
    Sampling sampling = new Sampling(in.expect("sampling").integer(), in.number());
    in.endLine();
    Entrants entrants =
        new Entrants(
            in.expect("entrants").of(TieBreak.class),
            in.of(Matches.class),
            in.of(Unranked.class),
            in.number(),
            // An input of version 2 ends here; its policy compares no losses.
            in.hasWord() ? in.number() : 0);
    in.endLine();
    Advantage advantage = new Advantage(in.expect("advantage").number(), in.number(), in.integer());
    in.endLine();
    Field field = in.expect("ranking").of(Field.class);
    Reward reward = last(in, in.of(Reward.class));
    Optional<Significance> significance =
        in.isNext("significance") ? Optional.of(significance(in)) : Optional.empty();
    Optional<EarlyStop> earlyStop =
        in.isNext("early_stop")
            ? Optional.of(last(in, new EarlyStop(in.expect("early_stop").number())))
            : Optional.empty();
    Payment payment =
        new Payment(
            in.expect("payment").number(),
            in.number(),
            in.of(Averaging.class),
            in.of(StateKey.class),
            in.smallInteger(),
            in.smallInteger(),
            in.number());
    in.endLine();
    return new Policy(
        name,
        sampling,
        entrants,
        advantage,
        new Ranking(field, significance, reward, earlyStop),
        payment);
  }

  private static Significance significance(LineReader in) {
    Significance significance =
        new Significance(
            in.expect("significance").number(),
            in.smallInteger(),
            in.smallInteger(),
            in.smallInteger(),
            in.number(),
            in.number(),
            in.smallInteger());
    in.endLine();
    return significance;
  }

  private static <T> T last(LineReader in, T value) {
    in.endLine();
    return value;
  }
}

package dev.assay.score.contest;

import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.rules.Field;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.Reward;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What share of a step each of its players gets; all sum to 1 where there is a player. */
final class StepShares {
  private final List<ModelResult> players;
  private final SampleFilter samples;
  private final Policy policy;
  private final long block;
  private final Tournament tournament;
  private final Optional<Duels> duels;

  StepShares(
      List<ModelResult> players,
      SampleFilter samples,
      Policy policy,
      long block,
      Tournament tournament,
      Optional<Duels> duels) {
    this.players = players;
    this.samples = samples;
    this.policy = policy;
    this.block = block;
    this.tournament = tournament;
    this.duels = duels;
  }

  double[] compute() {
    double[] shares = new double[players.size()];
    if (shares.length == 0) {
      return shares;
    }
    List<Integer> field = field();
    double[] rates = rates(field);
    if (policy.ranking().reward() == Reward.LEADER) {
      shares[leader(field, rates)] = 1;
      return shares;
    }
    double[] parts = Softmax.of(rates, policy.payment().temperature());
    for (int i = 0; i < parts.length; i++) {
      shares[field.get(i)] = parts[i];
    }
    return shares;
  }

  private List<Integer> field() {
    return policy.ranking().field() == Field.COMPETITIVE_SET
        ? duels.orElseThrow().competitiveSet()
        : IntStream.range(0, players.size()).boxed().toList();
  }

  /**
   * The last of a competitive set beats all others; else the best rate leads, the earliest of equal
   * ones.
   */
  private int leader(List<Integer> field, double[] rates) {
    if (policy.ranking().field() == Field.COMPETITIVE_SET) {
      return field.get(field.size() - 1);
    }
    return IntStream.range(0, field.size())
        .boxed()
        .min(
            Comparator.<Integer>comparingDouble(i -> -rates[i])
                .thenComparing(i -> players.get(field.get(i)).entry(), EntryOrder.EARLIEST_FIRST))
        .map(field::get)
        .orElseThrow();
  }

  /** Shares of duels led where significance decides, else shares of samples won. */
  private double[] rates(List<Integer> field) {
    if (policy.ranking().significance().isPresent()) {
      return duels.orElseThrow().ledShares(field);
    }
    if (field.size() == players.size()) {
      return IntStream.range(0, field.size()).mapToDouble(tournament::winRate).toArray();
    }
    Tournament within =
        Tournament.play(
            field.stream().map(players::get).toList(), samples, policy.advantage(), block);
    return IntStream.range(0, field.size()).mapToDouble(within::winRate).toArray();
  }
}

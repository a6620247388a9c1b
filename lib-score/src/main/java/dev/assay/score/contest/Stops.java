package dev.assay.score.contest;

import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.Pursuit;
import dev.assay.score.statistics.Significance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which models are stopped early, and whether one that has losses on the first samples alone was
 * stopped rightly. A model is stopped against the last member of the competitive set that is
 * earlier than it and has losses on all samples: as long as that member keeps its place, a model
 * that cannot overtake it enters no set, and moves no weight.
 *
 * @param score of a round, whose models with losses on all samples are those to be stopped against
 * @param previous evidence; a model that any is kept of is never stopped
 */
public record Stops(RoundScore score, List<Evidence> previous) {
  public Stops {
    previous = List.copyOf(previous);
  }

  /**
   * What a model is judged against.
   *
   * @param ahead the earlier model
   * @param pursuit of it
   */
  public record Against(Entry ahead, Pursuit pursuit) {}

  /**
   * What a model that isn't in the round yet is to be judged against; empty if it has to be whole.
   */
  public Optional<Against> against(Entry challenger) {
    return earlierMembers(challenger).reduce((first, second) -> second).map(this::pursuit);
  }

  /** Whether a policy lets a model have losses on the first samples alone. */
  static boolean allows(Policy policy) {
    return policy.ranking().earlyStop().isPresent();
  }

  /** Models that take part with losses on the first samples alone and should have had all. */
  public List<Entry> unfounded() {
    List<Entry> unfounded = new ArrayList<>();
    for (int model = 0; model < score.models().size(); model++) {
      ModelResult result = score.models().get(model);
      if (score.places().get(model) >= 0 && isShort(result) && !isFounded(result)) {
        unfounded.add(result.entry());
      }
    }
    return unfounded;
  }

  /** What one was stopped against; empty for a model that was not stopped. */
  public Optional<Against> stoppedBy(ModelResult result) {
    return isShort(result) ? founding(result) : Optional.empty();
  }

  private boolean isFounded(ModelResult result) {
    return founding(result).isPresent();
  }

  private Optional<Against> founding(ModelResult result) {
    if (isKnown(result.entry())) {
      return Optional.empty();
    }
    double[] losses = result.losses().toArray();
    OptionalInt all = OptionalInt.of(losses.length);
    return earlierMembers(result.entry())
        .map(this::pursuit)
        .filter(against -> against.pursuit().stop(losses).equals(all))
        .reduce((first, second) -> second);
  }

  /** Whether evidence of a model is kept; then it stays, and counts in later windows. */
  public boolean isKnown(Entry entry) {
    return previous.stream()
        .filter(pair -> pair.competition().equals(score.round().competition()))
        .anyMatch(
            pair -> pair.earlier().equals(entry.model()) || pair.later().equals(entry.model()));
  }

  private boolean isShort(ModelResult result) {
    return result.losses().count() > 0 && result.losses().count() < score.filter().count();
  }

  /** Members with losses on all samples, earliest first. */
  private Stream<ModelResult> earlierMembers(Entry challenger) {
    return score.duels().orElseThrow().competitiveSet().stream()
        .map(score::modelAt)
        .map(score.models()::get)
        .filter(member -> !isShort(member))
        .filter(member -> EntryOrder.EARLIEST_FIRST.compare(member.entry(), challenger) < 0);
  }

  private Against pursuit(ModelResult member) {
    Policy policy = score.round().policy();
    EarlyStop rule = policy.ranking().earlyStop().orElseThrow();
    Significance significance = policy.ranking().significance().orElseThrow();
    return new Against(
        member.entry(),
        new Pursuit(
            member.losses().toArray(),
            policy.advantage().floor(),
            significance.clip(),
            rule.error() / significance.challengers()));
  }
}

package dev.assay.score.weights;

import dev.assay.score.rules.Averaging;
import dev.assay.score.rules.CompetitionSchedule;
import dev.assay.score.statistics.Evidence;
import java.util.List;

/**
 * What an evaluation takes over from an earlier one, between which rules may have changed:
 *
 * <ul>
 *   <li>A competition that is no longer open pays no one: its standings and evidence are dropped.
 *       Under one average for all competitions they stay and fade, as the original's do.
 *   <li>Where losses are no longer measured alike (tokenizer, template, sequence length, number
 *       format, clip), what was observed is dropped and what was decided stands, until new samples
 *       say the opposite.
 *   <li>Everything else carries over; averages follow a new reward share at once.
 * </ul>
 */
public final class CarryOver {
  private final CompetitionSchedule schedule;
  private final long previousBlock;
  private final long block;

  private CarryOver(CompetitionSchedule schedule, long previousBlock, long block) {
    this.schedule = schedule;
    this.previousBlock = previousBlock;
    this.block = block;
  }

  /**
   * The standings that an evaluation starts from.
   *
   * @param previous what the earlier evaluation left
   * @param previousBlock the earlier evaluation's block
   * @param block this evaluation's block
   */
  public static Standings of(
      CompetitionSchedule schedule, Standings previous, long previousBlock, long block) {
    return new CarryOver(schedule, previousBlock, block).of(previous);
  }

  private Standings of(Standings previous) {
    List<Standing> standings =
        previous.standings().stream()
            .filter(standing -> stillCounts(standing.competition()))
            .toList();
    List<Evidence> evidence =
        previous.evidence().stream()
            .filter(pair -> schedule.find(block, pair.competition()).isPresent())
            .map(
                pair ->
                    schedule.isMeasuredAlike(pair.competition(), previousBlock, block)
                        ? pair
                        : pair.withoutObservations())
            .toList();
    return new Standings(standings, evidence);
  }

  private boolean stillCounts(String id) {
    return schedule.find(block, id).isPresent()
        || schedule
            .find(previousBlock, id)
            .filter(rules -> rules.policy().payment().averaging() == Averaging.PER_COMPETITION)
            .isEmpty();
  }
}

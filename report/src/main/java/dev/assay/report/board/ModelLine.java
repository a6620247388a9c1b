package dev.assay.report.board;

import dev.assay.score.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * One model of a competition.
 *
 * @param rank from 1; models of equal weight by win rate, then by loss
 * @param age blocks from the commitment to the evaluation
 * @param loss mean of the samples' means in nats per token, with bounds of 95 % over the samples'
 *     sources; infinite bounds where there are too few
 * @param behind the same of its loss less the leader's, sample by sample
 * @param epsilon the share that its loss counts less against later models' now
 * @param epsilonFloorBlock the block from which that share falls no further
 * @param weightNow its share of the weights that were set last
 * @param weightNext its share of the latest evaluation's vector
 * @param evaluations in which it was judged
 * @param losses one for each sample of the competition; NaN where there is none
 * @param why what is to be said of its rank, line by line
 * @param history of the hotkey in this competition, oldest first
 */
public record ModelLine(
    int rank,
    int uid,
    String hotkey,
    Optional<String> repository,
    Optional<String> revision,
    Optional<String> digest,
    long committedBlock,
    long age,
    String verdict,
    Optional<String> blame,
    String reason,
    Optional<Interval> loss,
    Optional<Interval> behind,
    Optional<Double> epsilon,
    Optional<Long> epsilonFloorBlock,
    double winRate,
    long wins,
    long matches,
    double weightNow,
    double weightNext,
    int samples,
    int evaluations,
    Cost cost,
    List<Double> losses,
    List<String> why,
    List<Point> history) {
  /**
   * What judging it took in the latest evaluation.
   *
   * @param computed samples whose losses were not in the table already
   * @param tokens counted tokens of all its samples
   */
  public record Cost(
      long bytes,
      long downloadMs,
      long loadMs,
      long runMs,
      int computed,
      long tokens,
      int attempt,
      Optional<String> device) {}

  /** How it stood after the evaluation of a block; its weight is a share of the vector. */
  public record Point(
      long block, String verdict, Optional<Double> loss, double winRate, double weight) {}
}

package dev.assay.jobs.report;

import dev.assay.score.weights.UidWeight;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An evaluation as the tables tell it.
 *
 * @param evaluation id
 * @param seed hash of the window's first block
 * @param samples drawn for the window
 * @param models one per commitment, by uid
 * @param vector the weights for the chain; empty if no model earned any
 * @param computed losses that this run computed
 * @param reused losses that were in the table
 * @param isNew false when it had been completed before and this run only read it
 * @param genesis hash of the chain's block 0; absent where the evaluation does not name its chain
 * @param hotkeys the holders of the vector's uids at the evaluation, as SS58 addresses
 */
public record EvaluationReport(
    String evaluation,
    int netuid,
    int mechanism,
    long block,
    String blockHash,
    long window,
    String seed,
    int samples,
    List<Model> models,
    List<UidWeight> vector,
    long computed,
    long reused,
    boolean isNew,
    Optional<String> genesis,
    SortedMap<Integer, String> hotkeys) {
  public EvaluationReport {
    models = List.copyOf(models);
    vector = List.copyOf(vector);
    hotkeys = Collections.unmodifiableSortedMap(new TreeMap<>(hotkeys));
  }

  /**
   * One model of it.
   *
   * @param repository {@code namespace/name}; what a miner chose: escape it where it is shown
   * @param reason rule, value and limit; empty for an accepted model
   * @param meanLoss mean of the means of its OK samples, in nats
   * @param average the resulting moving average
   * @param weight its share of the vector for the chain
   */
  public record Model(
      int uid,
      String hotkey,
      Optional<String> competition,
      Optional<String> repository,
      Optional<String> revision,
      Optional<String> digest,
      String verdict,
      Optional<String> blame,
      String reason,
      Optional<Double> meanLoss,
      long wins,
      long matches,
      double winRate,
      double stepWeight,
      double average,
      double weight,
      int weightU16) {}
}

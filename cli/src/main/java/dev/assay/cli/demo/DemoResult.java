package dev.assay.cli.demo;

import dev.assay.cli.participants.PromptOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What {@code assay demo --json} prints; programs rely on the names.
 *
 * @param block the finalised block the evaluation read
 * @param seed the demo's seed, from which everything else follows
 * @param validator the SS58 address of the hotkey whose weights the models show
 * @param incentive what Yuma consensus granted each miner at the tempo's end, by UID; sums to 1
 * @param dividends what it granted each validator, by UID; sums to 1
 * @param origin the subnet that the samples came from
 * @param stopped models that were judged no further since they could not overtake, by uid
 * @param report the report page's path
 * @param leaderboard the path of the leaderboard's first page
 */
public record DemoResult(
    int netuid,
    long block,
    long seed,
    String evaluation,
    String validator,
    List<Model> models,
    Map<Integer, Double> incentive,
    Map<Integer, Double> dividends,
    PromptOutcome origin,
    List<Stop> stopped,
    String report,
    String leaderboard) {

  public DemoResult {
    models = List.copyOf(models);
    stopped = List.copyOf(stopped);
  }

  /** Models by weight, then by loss. */
  List<Model> ranked() {
    return models.stream()
        .sorted(
            Comparator.comparingDouble(Model::weight)
                .reversed()
                .thenComparing(
                    model -> model.meanLoss() == null ? Double.MAX_VALUE : model.meanLoss()))
        .toList();
  }

  /**
   * Where a model was stopped.
   *
   * @param after how many of the samples
   * @param against uid of the model that it could not overtake
   */
  public record Stop(int uid, int after, int samples, int against) {}

  /**
   * One miner's model.
   *
   * @param reason why the verdict is not {@code ACCEPTED}; empty where it is
   * @param meanLoss mean of the samples' means, in nats per token; null where nothing was computed
   * @param winRate wins over matches; 0 where the model took part in none
   * @param weight as read back from the chain, as a share of the validator's whole vector
   */
  public record Model(
      int uid,
      String repository,
      String verdict,
      String reason,
      Double meanLoss,
      double winRate,
      double weight) {}
}

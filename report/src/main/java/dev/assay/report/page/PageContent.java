package dev.assay.report.page;

import java.util.List;
import java.util.Map;

/**
 * What the page shows: one evaluation of a subnet by one validator, and what Yuma consensus made of
 * it. Texts are as miners wrote them; the page escapes them.
 *
 * @param block the final block that the evaluation read
 * @param seed from which the demo's models and samples follow
 * @param validator the SS58 address of the hotkey whose weights the models show
 * @param models in the order in which the page lists them
 * @param dividends what consensus granted each validator, by uid; sums to 1
 */
public record PageContent(
    int netuid,
    long block,
    long seed,
    String evaluation,
    String validator,
    List<Model> models,
    Map<Integer, Double> dividends) {
  public PageContent {
    models = List.copyOf(models);
  }

  /**
   * One model.
   *
   * @param reason why the verdict is not {@code ACCEPTED}; empty where it is
   * @param why what is to be said of its rank, line by line
   * @param meanLoss in nats per token; null where nothing was computed
   * @param winRate wins over matches
   * @param weight as a share of the validator's vector
   * @param incentive what consensus granted it, as a share of all
   */
  public record Model(
      int uid,
      String repository,
      String verdict,
      String reason,
      List<String> why,
      Double meanLoss,
      double winRate,
      double weight,
      double incentive) {
    public Model {
      why = List.copyOf(why);
    }
  }
}

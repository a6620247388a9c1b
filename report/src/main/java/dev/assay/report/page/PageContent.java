package dev.assay.report.page;

import java.util.List;
import java.util.Optional;

/**
 * What the page shows: one evaluation of a subnet by one validator, and what Yuma consensus made of
 * it. Texts are as miners wrote them; the page escapes them.
 *
 * @param block the final block that the evaluation read
 * @param seed from which the demo's models and samples follow; of the demo alone
 * @param validator the SS58 address of the hotkey whose weights the models show, or of several
 * @param models in the order in which the page lists them
 * @param validators by uid; none where consensus is not known, and the page leaves them out
 * @param samples that the models were judged on
 */
public record PageContent(
    int netuid,
    long block,
    Optional<Long> seed,
    String evaluation,
    String validator,
    List<Model> models,
    List<Validator> validators,
    List<Sample> samples) {
  public PageContent {
    models = List.copyOf(models);
    validators = List.copyOf(validators);
    samples = List.copyOf(samples);
  }

  /**
   * One model.
   *
   * @param reason why the verdict is not {@code ACCEPTED}; empty where it is
   * @param why what is to be said of its rank, line by line
   * @param meanLoss in nats per token; null where nothing was computed
   * @param winRate wins over matches
   * @param weight as a share of the validator's vector
   * @param incentive what consensus granted it, as a share of all; null where that is not known
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
      Double incentive) {
    public Model {
      why = List.copyOf(why);
    }
  }

  /**
   * One sample.
   *
   * @param asker the SS58 address of who asked and signed it
   * @param answerer the SS58 address of who answered, as the asker signed; empty where it named
   *     nobody
   */
  public record Sample(String prompt, String response, String asker, String answerer) {}

  /**
   * One validator.
   *
   * @param hotkey its SS58 address
   * @param stake what counts for its weight in consensus, in rao
   * @param dividends what consensus granted it, as a share of all
   */
  public record Validator(int uid, String hotkey, long stake, double dividends) {}
}

package dev.assay.jobs.losses;

import dev.assay.jobs.tables.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row of what {@link CausalLosses} gives. */
@Comment("one model's loss on one sample; one row alone for a model without losses")
public record SampleLossRow(
    @Comment("the model as it was named") String model,
    @Comment("digest of the model's content; null where it never came so far")
        Optional<String> modelDigest,
    @Comment("the sample's place, from 0; null for a model without losses")
        Optional<Integer> sample,
    @Comment("the sample's id; null for a model without losses") Optional<String> sampleId,
    @Comment("OK, EMPTY or NON_FINITE; or what became of the model") String verdict,
    @Comment("sum of -log p over the counted tokens, in nats") Optional<Double> lossSum,
    @Comment("how many tokens were counted: those of the response") Optional<Integer> tokens,
    @Comment("their quotient, in nats per token; null unless the verdict is OK")
        Optional<Double> meanLoss,
    @Comment("name of the computation, with its device and version") Optional<String> kernel,
    @Comment("MINER (the model itself), INFRASTRUCTURE or UNKNOWN; null where there are losses")
        Optional<String> blame,
    @Comment("the rule, the value and the limit; empty where there are losses") String reason) {

  static List<SampleLossRow> of(ModelLosses model) {
    List<SampleLossRow> rows = new ArrayList<>();
    model
        .fault()
        .ifPresent(
            fault ->
                rows.add(
                    new SampleLossRow(
                        model.model(),
                        model.digest(),
                        Optional.empty(),
                        Optional.empty(),
                        fault.verdict().name(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(fault.blame().name()),
                        fault.reason())));
    for (int index = 0; index < model.losses().size(); index++) {
      var loss = model.losses().get(index);
      rows.add(
          new SampleLossRow(
              model.model(),
              model.digest(),
              Optional.of(index),
              Optional.of(loss.sampleId()),
              loss.verdict(),
              Optional.of(loss.lossSum()),
              Optional.of(loss.tokens()),
              ModelLosses.mean(loss),
              Optional.of(loss.kernel()),
              Optional.empty(),
              ""));
    }
    return rows;
  }
}

package dev.assay.jobs.tables;

import java.util.List;

/**
 * What is known of a pair of models after one evaluation, as sums that the next one adds to; {@code
 * dev.assay.score.statistics.Evidence} says what each column is.
 */
@Comment(
    "what is known of a pair of models after one evaluation, as sums that the next one adds to")
public record EvidenceRow(
    @Comment("id of the evaluation after which it holds") String evaluation,
    @Comment("name of the competition") String competition,
    @Comment("the model that was committed first, as its entry is named") String earlier,
    @Comment("the model that was committed second, as its entry is named") String later,
    @Comment("number of the window that the evaluation judged") long window,
    @Comment("clusters of samples, each counted once a window") double clusters,
    @Comment("samples that both have a loss on") double n,
    @Comment("sum of the earlier's loss minus the later's, each cut off, in nats") double y,
    @Comment("sum of the smaller of both losses, in nats") double z,
    @Comment("sum over clusters of the square of the cluster's y, in nats squared") double yy,
    @Comment("sum over clusters of the product of the cluster's y and z, in nats squared")
        double yz,
    @Comment("sum over clusters of the square of the cluster's z, in nats squared") double zz,
    @Comment("sum over clusters of the product of the cluster's y and size, in nats") double yn,
    @Comment("sum over clusters of the product of the cluster's z and size, in nats") double zn,
    @Comment("sum over clusters of the square of the cluster's size") double nn,
    @Comment("whether the later leads: stands until the evidence reverses it") boolean laterLeads) {
  public static final TableDefinition<EvidenceRow> TABLE =
      new TableDefinition<>(
          "evidence", EvidenceRow.class, List.of("evaluation", "competition", "earlier", "later"));
}

package dev.assay.jobs.tables;

import java.util.List;

/**
 * What is known of a pair of models after one evaluation, as sums that the next one adds to; {@code
 * dev.assay.score.statistics.Evidence} says what each column is.
 */
public record EvidenceRow(
    String evaluation,
    String competition,
    String earlier,
    String later,
    long window,
    double clusters,
    double n,
    double y,
    double z,
    double yy,
    double yz,
    double zz,
    double yn,
    double zn,
    double nn,
    boolean laterLeads) {
  public static final TableDefinition<EvidenceRow> TABLE =
      new TableDefinition<>(
          "evidence", EvidenceRow.class, List.of("evaluation", "competition", "earlier", "later"));
}

package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.score.statistics.Evidence;

/** Scoring's evidence as rows, and back. */
final class StoredEvidence {
  private StoredEvidence() {}

  static EvidenceRow row(String evaluation, Evidence evidence) {
    return new EvidenceRow(
        evaluation,
        evidence.competition(),
        evidence.earlier(),
        evidence.later(),
        evidence.window(),
        evidence.clusters(),
        evidence.n(),
        evidence.y(),
        evidence.z(),
        evidence.yy(),
        evidence.yz(),
        evidence.zz(),
        evidence.yn(),
        evidence.zn(),
        evidence.nn(),
        evidence.laterLeads());
  }

  static Evidence of(EvidenceRow row) {
    return new Evidence(
        row.competition(),
        row.earlier(),
        row.later(),
        row.window(),
        row.clusters(),
        row.n(),
        row.y(),
        row.z(),
        row.yy(),
        row.yz(),
        row.zz(),
        row.yn(),
        row.zn(),
        row.nn(),
        row.laterLeads());
  }
}

package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.score.entry.Verdict;
import dev.assay.score.sampling.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;

/** All losses on the samples of one window's span, as the table held them when they were read. */
record WindowLosses(List<LossRow> rows) {
  WindowLosses {
    rows = List.copyOf(rows);
  }

  static WindowLosses read(Warehouse warehouse, Window window) {
    return new WindowLosses(
        warehouse
            .table(LossRow.TABLE)
            .rows(
                Expressions.and(
                    Expressions.greaterThanOrEqual("sample_block", window.firstSampleBlock()),
                    Expressions.lessThan("sample_block", window.firstBlock()))));
  }

  /** Whether one of the candidates will need an executor, as far as earlier evaluations tell. */
  boolean lack(List<Candidate> candidates, KnownCheckpoints known) {
    Set<String> digests = rows.stream().map(LossRow::modelDigest).collect(Collectors.toSet());
    return candidates.stream()
        .filter(candidate -> candidate.fault().isEmpty())
        .flatMap(candidate -> candidate.model().stream())
        .map(model -> known.listed(model.repository().toString(), model.revision()))
        .anyMatch(
            row ->
                row.isEmpty()
                    || (row.get().verdict().equals(Verdict.ACCEPTED.name())
                        && !digests.contains(row.get().modelDigest())));
  }

  /** One model's by one kernel, by sample id. */
  Map<String, LossRow> of(String modelDigest, String kernel, EncodedSamples samples) {
    return rows.stream()
        .filter(row -> row.modelDigest().equals(modelDigest))
        .filter(row -> row.kernel().equals(kernel))
        .filter(samples::fit)
        .collect(Collectors.toMap(LossRow::sampleId, row -> row, (first, same) -> first));
  }

  /** Those of some models, in an order of their own. */
  List<LossRow> of(Set<String> modelDigests) {
    return rows.stream()
        .filter(row -> modelDigests.contains(row.modelDigest()))
        .sorted(
            Comparator.comparing(LossRow::modelDigest)
                .thenComparing(LossRow::kernel)
                .thenComparing(LossRow::sampleId))
        .toList();
  }
}

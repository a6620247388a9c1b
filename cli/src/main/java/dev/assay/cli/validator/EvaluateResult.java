package dev.assay.cli.validator;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.score.bundle.Manifest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code assay evaluate --json} prints; schedulers rely on the names.
 *
 * @param evaluation its own fields, not in an object of their own
 * @param byBlame how many models were not accepted, by who is to blame
 * @param bundle where the bundle is; absent if it was taken away
 * @param bundleDigest SHA-256 of its unsigned manifest, which names every file's own
 * @param submitted what became of the weights; absent where none were to be set
 */
record EvaluateResult(
    @JsonUnwrapped EvaluationReport evaluation,
    SortedMap<String, Integer> byBlame,
    Optional<String> bundle,
    Optional<String> bundleDigest,
    Optional<SubmitReport> submitted) {
  static EvaluateResult of(
      AssayConfiguration settings, EvaluationReport report, Optional<SubmitReport> submitted) {
    SortedMap<String, Integer> byBlame = new TreeMap<>();
    report
        .models()
        .forEach(model -> model.blame().ifPresent(of -> byBlame.merge(of, 1, Integer::sum)));
    Optional<BundleFolder> bundle =
        Optional.of(Bundles.of(settings).bundle(report.evaluation())).filter(BundleFolder::exists);
    return new EvaluateResult(
        report,
        byBlame,
        bundle.map(BundleFolder::address),
        bundle.map(folder -> Manifest.FileDigest.of(folder.manifest().toBytes()).sha256()),
        submitted);
  }
}

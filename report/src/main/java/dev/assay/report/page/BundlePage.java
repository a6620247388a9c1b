package dev.assay.report.page;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.BundleVoucher;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.report.explain.ExplanationReport;
import dev.assay.report.explain.ExplanationText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the page of an evaluation shows when only its bundle is at hand; the chain is not asked. */
public final class BundlePage {
  private static final String UNSIGNED = "nobody has signed the bundle";

  private BundlePage() {}

  /**
   * The page's content.
   *
   * @throws IllegalArgumentException if the bundle is damaged or no bundle
   */
  public static PageContent of(BundleFolder folder) {
    Map<String, String> facts = folder.manifest().facts();
    Map<String, ExplanationReport.Model> scored = new HashMap<>();
    ExplanationReport explained = ExplanationReport.of(folder);
    explained.models().forEach(model -> scored.put(model.hotkey(), model));
    String signers =
        folder.vouchers().stream().map(BundleVoucher::hotkey).collect(Collectors.joining(", "));
    return new PageContent(
        Integer.parseInt(facts.getOrDefault("netuid", "0")),
        explained.block(),
        Optional.empty(),
        facts.getOrDefault("evaluation", ""),
        signers.isEmpty() ? UNSIGNED : signers,
        ranked(folder.verdicts(), scored),
        List.of(),
        samples(folder));
  }

  /** The samples of all competitions, each once, as the page lists them. */
  public static List<PageContent.Sample> samples(BundleFolder folder) {
    return folder.samples().stream()
        .map(
            sample ->
                new PageContent.Sample(
                    sample.prompt(),
                    sample.response(),
                    sample.source(),
                    sample.answerer().orElse("")))
        .toList();
  }

  /** By weight, then by loss; what has neither comes last. */
  private static List<PageContent.Model> ranked(
      List<VerdictRow> verdicts, Map<String, ExplanationReport.Model> scored) {
    return verdicts.stream()
        .map(verdict -> model(verdict, Optional.ofNullable(scored.get(verdict.hotkey()))))
        .sorted(
            Comparator.comparingDouble(PageContent.Model::weight)
                .reversed()
                .thenComparingDouble(
                    model -> model.meanLoss() == null ? Double.MAX_VALUE : model.meanLoss())
                .thenComparingInt(PageContent.Model::uid))
        .toList();
  }

  private static PageContent.Model model(
      VerdictRow verdict, Optional<ExplanationReport.Model> scored) {
    return new PageContent.Model(
        verdict.uid(),
        verdict.repository().orElse(verdict.hotkey()),
        verdict.verdict(),
        verdict.reason(),
        scored.map(model -> ExplanationText.of(model, 1, "")).orElse(List.of()),
        verdict.meanLoss().orElse(null),
        scored.map(ExplanationReport.Model::winRate).orElse(0.0),
        scored.map(ExplanationReport.Model::weight).orElse(0.0),
        null);
  }
}

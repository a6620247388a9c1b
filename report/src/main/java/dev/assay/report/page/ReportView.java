package dev.assay.report.page;

import dev.assay.report.Printable;
import io.jstach.jstache.JStache;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page's content as texts. The template escapes every one of them; control characters, which
 * HTML has no escape for, are replaced here.
 */
@JStache(path = "dev/assay/report/page/report.mustache")
record ReportView(
    String shortEvaluation,
    int netuid,
    String evaluation,
    long block,
    Optional<Long> seed,
    String validator,
    List<Model> models,
    boolean hasValidators,
    List<Validator> validators,
    boolean hasSamples,
    int sampleCount,
    List<Sample> samples) {
  private static final int SHORT = 12;
  private static final double RAO = 1e9;
  private static final int LONGEST_TEXT = 300;

  record Model(
      int uid,
      String repository,
      String verdict,
      Optional<String> reason,
      boolean isExplained,
      List<String> why,
      String meanLoss,
      String winRate,
      String weight,
      String bar,
      String incentive) {
    static Model of(PageContent.Model model) {
      return new Model(
          model.uid(),
          Printable.onTerminal(model.repository()),
          Printable.onTerminal(model.verdict()),
          Optional.of(Printable.onTerminal(model.reason())).filter(reason -> !reason.isEmpty()),
          !model.why().isEmpty(),
          model.why().stream().map(line -> Printable.onTerminal(line.strip())).toList(),
          model.meanLoss() == null ? "–" : String.format(Locale.ROOT, "%.4f", model.meanLoss()),
          percent(model.winRate()),
          percent(model.weight()),
          String.format(Locale.ROOT, "%.1f", 100 * model.weight()),
          model.incentive() == null ? "–" : percent(model.incentive()));
    }
  }

  record Validator(int uid, String hotkey, String stake, String dividends) {
    static Validator of(PageContent.Validator validator) {
      return new Validator(
          validator.uid(),
          Printable.onTerminal(validator.hotkey()),
          String.format(Locale.ROOT, "%,.2f", validator.stake() / RAO),
          percent(validator.dividends()));
    }
  }

  record Sample(String prompt, String response, String asker, String answerer) {
    static Sample of(PageContent.Sample sample) {
      return new Sample(
          cut(sample.prompt()),
          cut(sample.response()),
          Printable.onTerminal(sample.asker()),
          sample.answerer().isEmpty() ? "–" : Printable.onTerminal(sample.answerer()));
    }

    /** A long text's beginning: a page of whole answers would be megabytes. */
    private static String cut(String text) {
      return text.codePointCount(0, text.length()) <= LONGEST_TEXT
          ? Printable.onTerminal(text)
          : Printable.onTerminal(text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT))) + "…";
    }
  }

  static ReportView of(PageContent content) {
    String evaluation = Printable.onTerminal(content.evaluation());
    return new ReportView(
        evaluation.substring(0, Math.min(SHORT, evaluation.length())),
        content.netuid(),
        evaluation,
        content.block(),
        content.seed(),
        Printable.onTerminal(content.validator()),
        content.models().stream().map(Model::of).toList(),
        !content.validators().isEmpty(),
        content.validators().stream().map(Validator::of).toList(),
        !content.samples().isEmpty(),
        content.samples().size(),
        content.samples().stream().map(Sample::of).toList());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}

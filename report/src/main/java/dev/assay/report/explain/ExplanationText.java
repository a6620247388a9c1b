package dev.assay.report.explain;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.score.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An explanation in sentences. */
public final class ExplanationText {
  private static final int LONGEST_PROMPT = 70;
  private static final int MOST_SAMPLES = 3;

  private ExplanationText() {}

  /**
   * What is to be said of each model of a bundle, by uid, with the gravest obstacle alone.
   *
   * @return text that miners chose parts of: escape it where it is shown
   */
  public static Map<Integer, List<String>> byUid(BundleFolder folder) {
    Map<Integer, List<String>> lines = new TreeMap<>();
    ExplanationReport.of(folder)
        .models()
        .forEach(model -> lines.computeIfAbsent(model.uid(), any -> of(model, 1, "")));
    return lines;
  }

  /**
   * A headline and what is to be said below it; not yet escaped.
   *
   * @param most how many of the models in the way
   */
  public static List<String> of(ExplanationReport.Model model, int most) {
    return of(model, most, "; --uid " + model.uid() + " names them");
  }

  /**
   * The same with another ending.
   *
   * @param where those in the way are named that are left out here
   */
  public static List<String> of(ExplanationReport.Model model, int most, String where) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "uid %d%s in %s: %s"
            .formatted(
                model.uid(),
                model.repository().map(name -> ", " + name + ",").orElse(""),
                model.competition(),
                model.verdict()));
    if (!model.verdict().equals("ACCEPTED")) {
      rejected(model, lines);
      return lines;
    }
    lines.add(
        "  committed in block %d, mean loss %.4f, won %s of its comparisons, weight %s (%d of 65535)"
            .formatted(
                model.committedBlock(),
                model.meanLoss(),
                percent(model.winRate()),
                percent(model.weight()),
                model.weightU16()));
    model.stopped().ifPresent(stop -> lines.add("  " + stopped(stop)));
    model
        .nearCopy()
        .ifPresent(
            near ->
                lines.add(
                    "  near-copy: %s: %s; a policy that excludes near-copies allows more than %s"
                        .formatted(near.rule(), near.value(), near.limit())));
    if (model.leads()) {
      lines.add("  nothing stands in its way");
    }
    model.obstacles().stream().limit(most).forEach(obstacle -> inTheWay(obstacle, lines));
    int more = model.obstacles().size() - most;
    if (more > 0) {
      lines.add("  and %d more%s".formatted(more, where));
    }
    return lines;
  }

  /** Who stopped a model, and where. */
  public static String stopped(ExplanationReport.Stop stop) {
    return "stopped after %d of %d samples: it cannot overtake uid %d%s (error at most %s)"
        .formatted(
            stop.after(),
            stop.samples(),
            stop.uid(),
            stop.repository().map(name -> ", " + name).orElse(""),
            percent(stop.error()));
  }

  private static void rejected(ExplanationReport.Model model, List<String> lines) {
    model
        .rule()
        .ifPresent(
            rule ->
                lines.add(
                    "  rule: %s; it has: %s; allowed: %s"
                        .formatted(rule, model.value().orElse("-"), model.limit().orElse("-"))));
    if (model.rule().isEmpty()) {
      model.reason().ifPresent(reason -> lines.add("  " + reason));
    }
    String consequence =
        switch (model.blame().map(Enum::name).orElse("")) {
          case "MINER" ->
              "the miner is to blame: the model takes no part until another is committed";
          case "INFRASTRUCTURE" ->
              "the miner is not to blame: the model is tried again, at no cost for a while";
          default -> "the cause is unknown: the model is tried again";
        };
    lines.add("  " + consequence);
  }

  private static void inTheWay(ExplanationReport.InTheWay other, List<String> lines) {
    lines.add(
        "  does not beat uid %d%s: won %d of %d samples, lost %d"
            .formatted(
                other.uid(),
                other.repository().map(name -> ", " + name).orElse(""),
                other.won(),
                other.matches(),
                other.lost()));
    lines.add("    " + advantage(other));
    lines.add("    this window: " + ahead(other.aheadThisWindow(), 0.95));
    if (other.ahead().isPresent()) {
      lines.add(
          "    all windows: " + ahead(other.ahead().get(), other.confidence().orElse(Double.NaN)));
      lines.add("    " + outlook(other));
    }
    List<ExplanationReport.Decisive> worst = other.decisive().stream().limit(MOST_SAMPLES).toList();
    for (ExplanationReport.Decisive sample : worst) {
      lines.add(
          "    sample %d: loss %.3f against %.3f%s"
              .formatted(
                  sample.place(),
                  sample.loss(),
                  sample.theirLoss(),
                  sample.prompt().map(prompt -> ": " + shortened(prompt)).orElse("")));
    }
  }

  private static String advantage(ExplanationReport.InTheWay other) {
    if (other.epsilon() == 0) {
      return "neither is earlier, so neither has an advantage";
    }
    return other.isEarlier()
        ? "uid %d was first: its loss counts %s less"
            .formatted(other.uid(), percent(other.epsilon()))
        : "uid %d came later: it had to be better by %s of the loss"
            .formatted(other.uid(), percent(other.epsilon()));
  }

  private static String ahead(Interval interval, double confidence) {
    String bounds =
        Double.isInfinite(interval.low())
            ? "too few sources of samples for bounds"
            : "%s: from %+.4f to %+.4f"
                .formatted(percent(confidence), interval.low(), interval.high());
    return "%s by %.4f beyond the advantage (%s)"
        .formatted(
            interval.estimate() < 0 ? "behind" : "ahead", Math.abs(interval.estimate()), bounds);
  }

  /** What has to happen for the order to change. */
  private static String outlook(ExplanationReport.InTheWay other) {
    String decision = other.decision().orElse("UNRESOLVED");
    String next = other.nextDecision().map(w -> "; next decision in window " + w).orElse("");
    if (!other.isEarlier()) {
      return decision.equals("LATER")
          ? "it is established that uid " + other.uid() + " is better by more than that"
          : "what was established before stands until the samples say the opposite" + next;
    }
    if (decision.equals("LATER")) {
      return "it is established to be better" + next;
    }
    if (other.sufficientEpsilon().isPresent()) {
      String needed = percent(other.sufficientEpsilon().get());
      return other
              .sufficientFromBlock()
              .map(
                  block ->
                      "enough once the advantage is down to " + needed + ", from block " + block)
              .orElse("enough only at an advantage of " + needed + ", which never falls so far")
          + next;
    }
    return decision.equals("EARLIER")
        ? "it is established to be no better by that much; waiting won't help, a better model will"
        : "not established even without the advantage: more windows or a better model decide"
            + next;
  }

  private static String shortened(String prompt) {
    String line = prompt.replaceAll("\\s+", " ").strip();
    int points = line.codePointCount(0, line.length());
    return points <= LONGEST_PROMPT
        ? "\"" + line + "\""
        : "\"" + line.substring(0, line.offsetByCodePoints(0, LONGEST_PROMPT)) + "…\"";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}

package dev.assay.cli.demo;

import dev.assay.cli.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One page that shows who earned what and why; opens from disk, needs nothing else. */
final class ReportPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --bar: #2a78d6; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin-bottom: .25rem; }
      h2 { font-size: 1.15rem; margin-top: 2.5rem; }
      p.lead { margin-top: 0; opacity: .8; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0; }
      dt { opacity: .7; }
      dd { margin: 0; overflow-wrap: anywhere; }
      div.wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { padding: .4rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
      th { font-weight: 600; white-space: nowrap; }
      td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      td.repository { min-width: 9rem; }
      td small { overflow-wrap: anywhere; }
      td.bar { min-width: 6rem; }
      td.bar span { display: block; height: .8rem; margin-top: .35rem; border-radius: 2px; min-width: 1px; }
      td.bar span { background: var(--bar); }
      code { font-size: .9em; overflow-wrap: anywhere; }
      footer { margin-top: 3rem; opacity: .7; font-size: .9rem; }
      """;

  private ReportPage() {}

  /** Writes the page; it appears whole or not at all. */
  static void write(DemoResult result, Map<Integer, List<String>> why, Path page)
      throws IOException {
    Path partial = Files.createTempFile(page.getParent(), "report", ".partial");
    Files.writeString(partial, of(result, why));
    Files.move(partial, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Models by weight, then by loss. */
  static List<DemoResult.Model> ranked(DemoResult result) {
    return result.models().stream()
        .sorted(
            Comparator.comparingDouble(DemoResult.Model::weight)
                .reversed()
                .thenComparing(
                    model -> model.meanLoss() == null ? Double.MAX_VALUE : model.meanLoss()))
        .toList();
  }

  /**
   * The page.
   *
   * @param why by uid what is to be said of a model, line by line
   */
  static String of(DemoResult result, Map<Integer, List<String>> why) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Assay: evaluation %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>Who earned what, and why</h1>
    <p class="lead">One evaluation of subnet %d by one validator, and what Yuma consensus made of it.</p>
    %s
    <h2>Models</h2>
    %s
    <h2>Validators</h2>
    %s
    <footer>Losses, verdicts and scores come from the tables of evaluation <code>%s</code>; weights,
    incentive and dividends were read from the chain.</footer>
    </body>
    </html>
    """
        .formatted(
            shortened(result.evaluation()),
            STYLE,
            result.netuid(),
            facts(result),
            models(result, why),
            validators(result.dividends()),
            text(result.evaluation()));
  }

  private static String facts(DemoResult result) {
    return "<dl>"
        + fact("Evaluation", "<code>" + text(result.evaluation()) + "</code>")
        + fact("Block", String.valueOf(result.block()))
        + fact("Seed", String.valueOf(result.seed()))
        + fact("Validator", "<code>" + text(result.validator()) + "</code>")
        + "</dl>";
  }

  private static String fact(String name, String value) {
    return "<dt>" + name + "</dt><dd>" + value + "</dd>\n";
  }

  private static String models(DemoResult result, Map<Integer, List<String>> why) {
    StringBuilder rows = new StringBuilder();
    for (DemoResult.Model model : ranked(result)) {
      rows.append(
          row(
              model,
              result.incentive().getOrDefault(model.uid(), 0.0),
              why.getOrDefault(model.uid(), List.of())));
    }
    return """
    <div class="wide"><table>
    <thead><tr><th class="number">UID</th><th>Repository</th><th>Verdict</th>\
    <th class="number">Mean loss</th><th class="number">Win rate</th><th class="number">Weight</th><th></th>\
    <th class="number">Incentive</th></tr></thead>
    <tbody>
    %s</tbody></table></div>
    """
        .formatted(rows);
  }

  private static String row(DemoResult.Model model, double incentive, List<String> why) {
    String reason =
        model.reason().isEmpty() ? "" : "<br><small>" + text(model.reason()) + "</small>";
    return "<tr>"
        + number(String.valueOf(model.uid()))
        + "<td class=\"repository\"><code>"
        + text(model.repository())
        + "</code></td>"
        + "<td>"
        + text(model.verdict())
        + reason
        + details(why)
        + "</td>"
        + number(
            model.meanLoss() == null ? "–" : String.format(Locale.ROOT, "%.4f", model.meanLoss()))
        + number(share(model.winRate()))
        + number(share(model.weight()))
        + String.format(
            Locale.ROOT,
            "<td class=\"bar\"><span style=\"width:%.1f%%\"></span></td>",
            100 * model.weight())
        + number(share(incentive))
        + "</tr>\n";
  }

  private static String details(List<String> why) {
    return why.isEmpty()
        ? ""
        : "<details><summary>why</summary><small>"
            + why.stream().map(line -> text(line.strip())).collect(Collectors.joining("<br>"))
            + "</small></details>";
  }

  private static String validators(Map<Integer, Double> dividends) {
    StringBuilder rows = new StringBuilder();
    dividends.forEach(
        (uid, share) ->
            rows.append("<tr>")
                .append(number(String.valueOf(uid)))
                .append(number(share(share)))
                .append("</tr>\n"));
    return """
    <table>
    <thead><tr><th class="number">UID</th><th class="number">Dividends</th></tr></thead>
    <tbody>
    %s</tbody></table>
    """
        .formatted(rows);
  }

  private static String number(String value) {
    return "<td class=\"number\">" + value + "</td>";
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * value);
  }

  private static String shortened(String evaluation) {
    return text(evaluation.substring(0, Math.min(12, evaluation.length())));
  }

  private static String text(String value) {
    return Printable.inHtml(value);
  }
}

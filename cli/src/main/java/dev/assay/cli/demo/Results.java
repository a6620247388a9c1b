package dev.assay.cli.demo;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Weight;
import dev.assay.cli.participants.PromptSubnet;
import dev.assay.cli.participants.Shares;
import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.Console;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.report.Table;
import dev.assay.report.board.Board;
import dev.assay.report.board.BoardReading;
import dev.assay.report.explain.ExplanationReport;
import dev.assay.report.explain.ExplanationText;
import dev.assay.report.page.BundlePage;
import dev.assay.report.page.PageContent;
import dev.assay.report.page.ReportPage;
import dev.assay.report.site.Site;
import dev.assay.score.weights.WeightVector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A demo's results, from the tables and the chain, as a table, a page and one object. */
final class Results {
  private final DemoOptions options;
  private final OutputFolder folder;
  private final Participants participants;

  Results(DemoOptions options, OutputFolder folder, Participants participants) {
    this.options = options;
    this.folder = folder;
    this.participants = participants;
  }

  /**
   * Reads the weights back and writes the page and the leaderboard.
   *
   * @param weighted the block that holds the first validator's weights
   * @param after the tempo's end
   * @param settings the first validator's
   * @param feed what the samples' subnet has shown of the evaluated blocks
   */
  DemoResult of(
      BlockView weighted,
      BlockView after,
      EvaluationReport evaluation,
      AssayConfiguration settings,
      List<FeedSample> feed,
      Instant now)
      throws IOException {
    Metagraph metagraph = after.metagraph(Participants.NETUID);
    String validator = participants.validators().get(0).hotkey().account().ss58();
    int uid =
        metagraph.neuron(participants.validators().get(0).hotkey().account()).orElseThrow().uid();
    Map<Integer, Double> weights = shares(weighted.weights(Participants.NETUID).get(uid));
    Path page = folder.report();
    BundleFolder evidence =
        new BundleFolder(folder.path().resolve("bundles").resolve(evaluation.evaluation()));
    ExplanationReport explained = ExplanationReport.of(evidence);
    DemoResult result =
        new DemoResult(
            evaluation.netuid(),
            evaluation.block(),
            options.seed(),
            evaluation.evaluation(),
            validator,
            evaluation.models().stream().map(model -> model(model, weights)).toList(),
            Shares.of(metagraph, participants.miners().values(), Neuron::incentive),
            Shares.of(metagraph, participants.validators(), Neuron::dividends),
            participants.prompts().outcome(after.metagraph(PromptSubnet.NETUID), feed),
            stopped(explained),
            page.toString(),
            leaderboard(after, settings, validator, now).toString());
    Map<Integer, List<String>> why = ExplanationText.byUid(evidence);
    List<PageContent.Validator> validators = validators(metagraph, result.dividends());
    ReportPage.write(content(result, why, validators, BundlePage.samples(evidence)), page);
    return result;
  }

  private static List<DemoResult.Stop> stopped(ExplanationReport explained) {
    return explained.models().stream()
        .flatMap(
            model ->
                model.stopped().stream()
                    .map(
                        stop ->
                            new DemoResult.Stop(
                                model.uid(), stop.after(), stop.samples(), stop.uid())))
        .sorted(Comparator.comparingInt(DemoResult.Stop::uid))
        .toList();
  }

  private Path leaderboard(
      BlockView after, AssayConfiguration settings, String validator, Instant now)
      throws IOException {
    Board board =
        BoardReading.of(settings, Optional.of(validator), Optional.of(after), List.of(), now);
    return Site.write(board, settings.hub().endpoint(), folder.leaderboard()).page();
  }

  private static PageContent content(
      DemoResult result,
      Map<Integer, List<String>> why,
      List<PageContent.Validator> validators,
      List<PageContent.Sample> samples) {
    return new PageContent(
        result.netuid(),
        result.block(),
        Optional.of(result.seed()),
        result.evaluation(),
        result.validator(),
        result.ranked().stream()
            .map(
                model ->
                    new PageContent.Model(
                        model.uid(),
                        model.repository(),
                        model.verdict(),
                        model.reason(),
                        why.getOrDefault(model.uid(), List.of()),
                        model.meanLoss(),
                        model.winRate(),
                        model.weight(),
                        result.incentive().getOrDefault(model.uid(), 0.0)))
            .toList(),
        validators,
        samples);
  }

  private static List<PageContent.Validator> validators(
      Metagraph metagraph, Map<Integer, Double> dividends) {
    return metagraph.neurons().stream()
        .filter(neuron -> dividends.containsKey(neuron.uid()))
        .map(
            neuron ->
                new PageContent.Validator(
                    neuron.uid(),
                    neuron.hotkey().ss58(),
                    neuron.stake(),
                    dividends.get(neuron.uid())))
        .toList();
  }

  private static DemoResult.Model model(
      EvaluationReport.Model model, Map<Integer, Double> weights) {
    return new DemoResult.Model(
        model.uid(),
        model.repository().orElse(model.hotkey()),
        model.verdict(),
        model.reason(),
        model.meanLoss().orElse(null),
        model.winRate(),
        weights.getOrDefault(model.uid(), 0.0));
  }

  private static Map<Integer, Double> shares(List<Weight> weights) {
    long sum = weights.stream().mapToLong(Weight::value).sum();
    Map<Integer, Double> shares = new TreeMap<>();
    weights.forEach(weight -> shares.put(weight.uid(), WeightVector.share(weight.value(), sum)));
    return shares;
  }

  /** Prints what a person wants to know first. */
  static void show(DemoResult result, Console console) {
    Table table =
        new Table("uid", "repository", "verdict", "mean loss", "win rate", "weight", "incentive");
    for (DemoResult.Model model : result.ranked()) {
      table.row(
          String.valueOf(model.uid()),
          model.repository(),
          model.verdict(),
          model.meanLoss() == null ? "-" : String.format(Locale.ROOT, "%.4f", model.meanLoss()),
          percent(model.winRate()),
          percent(model.weight()),
          percent(result.incentive().getOrDefault(model.uid(), 0.0)));
    }
    table.lines().forEach(console::line);
    result
        .stopped()
        .forEach(
            stop ->
                console.line(
                    "uid %d: stopped after %d of %d samples, since it cannot overtake uid %d"
                        .formatted(stop.uid(), stop.after(), stop.samples(), stop.against())));
    result
        .dividends()
        .forEach(
            (uid, share) ->
                console.line("validator uid %d: dividends %s".formatted(uid, percent(share))));
    PromptSubnet.show(result.origin(), console);
    result.models().stream()
        .filter(model -> !model.reason().isEmpty())
        .forEach(model -> console.line(model.repository() + ": " + model.reason()));
    console.line("report: file://" + result.report());
    console.line("leaderboard: file://" + result.leaderboard());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}

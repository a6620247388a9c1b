package dev.assay.report.site;

import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import dev.assay.score.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the site's script draws; the names are the script's. */
final class Plots {
  private static final int MOST_CHALLENGERS = 12;
  private static final int LONGEST_NAME = 30;

  private Plots() {}

  private record Best(List<Long> x, List<Double> loss, List<Double> below) {}

  private record Band(String name, List<Double> values) {}

  private record Weights(List<Long> x, List<Band> series) {}

  private record History(List<Long> x, List<Double> loss, List<Double> wins, List<Double> weight) {}

  private record Scatter(String name, List<Double> leader, List<Challenger> challengers) {}

  private record Challenger(String name, List<Double> losses) {}

  private record Ranges(
      String label, List<String> groups, List<List<Double>> leader, List<List<Double>> everybody) {}

  static PageView.Plot bestLosses(List<CompetitionBoard.BestLoss> best) {
    return plot(
        "best",
        "The lowest accepted mean loss by block, and what a later model had to get below.",
        new Best(
            best.stream().map(CompetitionBoard.BestLoss::block).toList(),
            best.stream().map(CompetitionBoard.BestLoss::loss).toList(),
            best.stream().map(each -> each.below().orElse(null)).toList()));
  }

  static PageView.Plot weights(
      List<CompetitionBoard.WeightShares> shares, Map<Integer, String> names) {
    Map<Long, Integer> places = new TreeMap<>();
    shares.forEach(each -> places.putIfAbsent(each.block(), 0));
    int next = 0;
    for (Map.Entry<Long, Integer> block : places.entrySet()) {
      block.setValue(next++);
    }
    Map<Integer, Double[]> bands = new LinkedHashMap<>();
    for (CompetitionBoard.WeightShares each : shares) {
      Double[] band = bands.computeIfAbsent(each.uid(), any -> zeros(places.size()));
      band[places.get(each.block())] = each.share();
    }
    List<Band> series = new ArrayList<>();
    bands.forEach((uid, values) -> series.add(new Band(name(uid, names), Arrays.asList(values))));
    return plot(
        "weights",
        "Shares of the weights by block, the models with the most over time by name.",
        new Weights(List.copyOf(places.keySet()), series));
  }

  private static Double[] zeros(int count) {
    Double[] zeros = new Double[count];
    Arrays.fill(zeros, 0.0);
    return zeros;
  }

  private static String name(int uid, Map<Integer, String> names) {
    return uid < 0
        ? "all others"
        : uid + " " + Shown.text(names.getOrDefault(uid, ""), LONGEST_NAME);
  }

  static PageView.Plot history(ModelLine line) {
    return plot(
        "history",
        "Its loss, win rate and weight by block.",
        new History(
            line.history().stream().map(ModelLine.Point::block).toList(),
            line.history().stream().map(point -> point.loss().orElse(null)).toList(),
            line.history().stream().map(ModelLine.Point::winRate).toList(),
            line.history().stream().map(ModelLine.Point::weight).toList()));
  }

  /** Empty unless there are two models with losses. */
  static Optional<PageView.Plot> scatter(List<ModelLine> models) {
    List<ModelLine> drawn =
        models.stream()
            .filter(line -> line.verdict().equals("ACCEPTED") && !line.losses().isEmpty())
            .limit(MOST_CHALLENGERS + 1)
            .toList();
    if (drawn.size() < 2) {
      return Optional.empty();
    }
    ModelLine leader = drawn.get(0);
    return Optional.of(
        plot(
            "scatter",
            "Every sample's loss: the leader's across, a challenger's up. Below the line the"
                + " challenger is better.",
            new Scatter(
                title(leader),
                leader.losses(),
                drawn.stream()
                    .skip(1)
                    .map(line -> new Challenger(title(line), line.losses()))
                    .toList())));
  }

  private static String title(ModelLine line) {
    return line.uid() + " " + Shown.model(line);
  }

  static PageView.Plot ranges(
      String label, String caption, List<CompetitionBoard.LossGroup> groups) {
    return plot(
        "ranges",
        caption,
        new Ranges(
            label,
            groups.stream().map(group -> Shown.text(group.group(), 60)).toList(),
            groups.stream().map(group -> bounds(group.leader())).toList(),
            groups.stream().map(group -> bounds(group.everybody())).toList()));
  }

  private static List<Double> bounds(Interval interval) {
    return List.of(interval.estimate(), interval.low(), interval.high());
  }

  private static PageView.Plot plot(String kind, String caption, Object figures) {
    return new PageView.Plot(kind, caption, SiteJson.inPage(figures));
  }
}

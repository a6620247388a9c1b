package dev.assay.report.board;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.contest.Clusters;
import dev.assay.score.contest.Round;
import dev.assay.score.copies.NearLosses;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.rules.Entrants;
import dev.assay.score.statistics.Bootstrap;
import dev.assay.score.statistics.Interval;
import dev.assay.score.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a round's losses say, sample by sample. */
final class LossFigures {
  private static final int RESAMPLES = 200;
  private static final double CONFIDENCE = 0.95;
  private static final int LENGTHS = 4;
  private static final int MOST_SOURCES = 12;

  private final Round round;
  private final long block;
  private final List<SampleRow> drawn;
  private final SampleFilter filter;
  private final int[] clusters;
  private final Map<String, ModelResult> byHotkey = new HashMap<>();
  private final double[] everybody;

  LossFigures(Round round, long block, List<SampleRow> drawn) {
    this.round = round;
    this.block = block;
    this.filter = SampleFilter.withoutEmpty(round.models());
    this.clusters = Clusters.number(round.samples(), filter);
    this.drawn = drawn;
    round.models().forEach(model -> byHotkey.put(model.entry().hotkey(), model));
    this.everybody = meanOfAccepted();
  }

  private double[] meanOfAccepted() {
    double[] sums = new double[clusters.length];
    int models = 0;
    for (ModelResult model : round.models()) {
      if (model.outcome().isAccepted() && isWhole(model)) {
        models++;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += clusters[i] < 0 ? 0 : model.losses().at(i);
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= models;
    }
    return sums;
  }

  Optional<ModelResult> result(String hotkey) {
    return Optional.ofNullable(byHotkey.get(hotkey));
  }

  static List<Double> losses(ModelResult model) {
    return Arrays.stream(model.losses().toArray()).boxed().toList();
  }

  List<SampleLine> samples() {
    List<SampleLine> lines = new ArrayList<>();
    for (SampleRow row : drawn) {
      lines.add(
          new SampleLine(
              lines.size(),
              row.sampleId(),
              row.block(),
              row.source(),
              row.answerer(),
              row.origin(),
              row.producedAt().toString(),
              row.prompt(),
              row.response()));
    }
    return lines;
  }

  /** Empty unless there is a finite loss for every sample that counts. */
  Optional<Interval> mean(ModelResult model) {
    return isWhole(model)
        ? Optional.of(interval(model.losses().toArray(), clusters, model.entry().uid()))
        : Optional.empty();
  }

  Optional<Interval> behind(ModelResult model, ModelResult leader) {
    if (!isWhole(model) || !isWhole(leader)) {
      return Optional.empty();
    }
    double[] differences = model.losses().toArray();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= leader.losses().at(i);
    }
    return Optional.of(interval(differences, clusters, model.entry().uid()));
  }

  private boolean isWhole(ModelResult model) {
    return model.losses().count() == clusters.length
        && clusters.length > 0
        && IntStream.range(0, clusters.length)
            .allMatch(i -> clusters[i] < 0 || Double.isFinite(model.losses().at(i)));
  }

  private Interval interval(double[] values, int[] of, long path) {
    return Bootstrap.mean(values, of, RESAMPLES, CONFIDENCE, SeededRandom.of(block, path));
  }

  /** Quarters of the samples, by the length of their prompts. */
  List<CompetitionBoard.LossGroup> byLength(Optional<ModelResult> leader) {
    List<Integer> order =
        IntStream.range(0, known())
            .boxed()
            .sorted(Comparator.comparingInt(this::length).thenComparingInt(i -> i))
            .toList();
    List<CompetitionBoard.LossGroup> groups = new ArrayList<>();
    for (int quarter = 0; quarter < LENGTHS && order.size() >= LENGTHS; quarter++) {
      List<Integer> members =
          order.subList(quarter * order.size() / LENGTHS, (quarter + 1) * order.size() / LENGTHS);
      int shortest = length(members.get(0));
      int longest = length(members.get(members.size() - 1));
      groups.add(group(shortest + "–" + longest, members, leader));
    }
    return groups;
  }

  List<CompetitionBoard.LossGroup> bySource(Optional<ModelResult> leader) {
    Map<String, List<Integer>> sources =
        IntStream.range(0, known())
            .boxed()
            .collect(Collectors.groupingBy(i -> drawn.get(i).source()));
    return sources.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, List<Integer>>>comparingInt(e -> -e.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_SOURCES)
        .map(source -> group(source.getKey(), source.getValue(), leader))
        .toList();
  }

  /** Samples whose texts and losses are both there. */
  private int known() {
    return Math.min(drawn.size(), clusters.length);
  }

  private int length(int sample) {
    return drawn.get(sample).prompt().length();
  }

  private CompetitionBoard.LossGroup group(
      String name, List<Integer> members, Optional<ModelResult> leader) {
    boolean[] isMember = new boolean[clusters.length];
    members.forEach(i -> isMember[i] = true);
    int[] of = only(i -> isMember[i]);
    return new CompetitionBoard.LossGroup(
        name,
        members.size(),
        leader
            .filter(this::isWhole)
            .map(first -> interval(first.losses().toArray(), of, name.hashCode()))
            .orElse(new Interval(Double.NaN, Double.NaN, Double.NaN)),
        interval(everybody, of, name.hashCode()));
  }

  private int[] only(IntPredicate members) {
    return IntStream.range(0, clusters.length)
        .map(i -> members.test(i) ? clusters[i] : -1)
        .toArray();
  }

  /** Every model whose content, or nearly every loss, somebody else had before. */
  List<CompetitionBoard.Copy> copies() {
    Map<String, Entry> first = new HashMap<>();
    round.models().stream()
        .map(ModelResult::entry)
        .sorted(EntryOrder.EARLIEST_FIRST)
        .forEach(entry -> entry.digest().ifPresent(digest -> first.putIfAbsent(digest, entry)));
    List<Optional<NearLosses.Near>> near =
        NearLosses.find(round.models(), filter, Entrants.NEAR_LOSSES);
    List<CompetitionBoard.Copy> copies = new ArrayList<>();
    for (int i = 0; i < round.models().size(); i++) {
      Entry entry = round.models().get(i).entry();
      Optional<Entry> original = entry.digest().map(first::get);
      if (original.isPresent() && original.get().uid() != entry.uid()) {
        copies.add(
            new CompetitionBoard.Copy(entry.uid(), original.get().uid(), true, Optional.empty()));
      } else if (near.get(i).isPresent()) {
        NearLosses.Near found = near.get(i).get();
        copies.add(
            new CompetitionBoard.Copy(
                entry.uid(), found.earlier().uid(), false, Optional.of(found.share())));
      }
    }
    return copies;
  }
}

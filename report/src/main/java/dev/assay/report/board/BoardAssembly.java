package dev.assay.report.board;

import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.WeightRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts a leaderboard together from what was read; a pure function. */
public final class BoardAssembly {
  private final TableRows rows;
  private final Optional<BundleEvidence> evidence;
  private final Optional<SubnetState> subnet;
  private final Context context;

  /**
   * What besides the tables.
   *
   * @param hotkey whose weights are ours, as an SS58 address; where it is empty, anybody's
   * @param now when the leaderboard is made
   * @param notes what could not be read and why
   */
  public record Context(
      int netuid,
      int mechanism,
      int windowBlocks,
      Optional<String> hotkey,
      Instant now,
      List<String> notes) {}

  private BoardAssembly(
      TableRows rows,
      Optional<BundleEvidence> evidence,
      Optional<SubnetState> subnet,
      Context context) {
    this.rows = rows;
    this.evidence = evidence;
    this.subnet = subnet;
    this.context = context;
  }

  /**
   * The leaderboard.
   *
   * @param evidence of the latest evaluation
   */
  public static Board of(
      TableRows rows,
      Optional<BundleEvidence> evidence,
      Optional<SubnetState> subnet,
      Context context) {
    return new BoardAssembly(rows, evidence, subnet, context).board();
  }

  private Board board() {
    BannerAssembly banner = new BannerAssembly(rows, ours(), subnet, context);
    return new Board(
        context.netuid(),
        context.mechanism(),
        context.windowBlocks(),
        banner.banner(),
        rows.latest().map(latest -> competitions(latest, banner)).orElse(List.of()),
        evaluations(),
        rows.latest().map(this::failures).orElse(List.of()),
        sources(),
        subnet,
        subnet.map(this::validators).orElse(List.of()),
        queue(),
        context.notes());
  }

  private List<WeightRow> ours() {
    return rows.weights().stream()
        .filter(row -> context.hotkey().map(row.hotkey()::equals).orElse(true))
        .toList();
  }

  private List<CompetitionBoard> competitions(EvaluationRow latest, BannerAssembly banner) {
    Set<String> ids = new TreeSet<>();
    evidence.ifPresent(e -> e.input().rounds().forEach(round -> ids.add(round.competition())));
    for (VerdictRow verdict : rows.verdictsOf(latest.evaluation())) {
      ids.add(verdict.competition().orElse(""));
    }
    return ids.stream()
        .map(id -> CompetitionAssembly.of(id, latest, rows, evidence, banner.weightsNow()))
        .toList();
  }

  private List<EvaluationLine> evaluations() {
    Map<String, WeightRow> events = new HashMap<>();
    ours().forEach(row -> events.put(row.evaluation(), row));
    List<EvaluationLine> lines = new ArrayList<>();
    for (int i = rows.evaluations().size() - 1; i >= 0; i--) {
      EvaluationRow row = rows.evaluations().get(i);
      Optional<VerdictRow> best =
          rows.verdictsOf(row.evaluation()).stream()
              .filter(v -> v.verdict().equals("ACCEPTED") && v.meanLoss().isPresent())
              .min(Comparator.comparingDouble(v -> v.meanLoss().orElseThrow()));
      Optional<WeightRow> event = Optional.ofNullable(events.get(row.evaluation()));
      lines.add(
          new EvaluationLine(
              row.evaluation(),
              row.block(),
              row.window(),
              row.finishedAt().toString(),
              row.samples(),
              row.models(),
              row.accepted(),
              best.map(VerdictRow::uid),
              best.flatMap(VerdictRow::meanLoss),
              row.executorMs(),
              row.downloadedBytes(),
              event.map(WeightRow::event).orElse(""),
              event.flatMap(WeightRow::block)));
    }
    return lines;
  }

  private List<FailureCount> failures(EvaluationRow latest) {
    Map<List<String>, int[]> counts = new TreeMap<>(Comparator.comparing(List::toString));
    rows.verdicts()
        .forEach(
            (evaluation, verdicts) ->
                verdicts.stream()
                    .filter(verdict -> !verdict.verdict().equals("ACCEPTED"))
                    .forEach(
                        verdict -> {
                          int[] count =
                              counts.computeIfAbsent(
                                  List.of(verdict.blame().orElse("UNKNOWN"), verdict.verdict()),
                                  any -> new int[2]);
                          count[0] += evaluation.equals(latest.evaluation()) ? 1 : 0;
                          count[1]++;
                        }));
    return counts.entrySet().stream()
        .map(
            count ->
                new FailureCount(
                    count.getKey().get(0),
                    count.getKey().get(1),
                    count.getValue()[0],
                    count.getValue()[1]))
        .sorted(Comparator.comparingInt(FailureCount::all).reversed())
        .toList();
  }

  private List<SourceLine> sources() {
    int all = rows.samples().size();
    return rows.samples().stream()
        .collect(Collectors.groupingBy(SampleRow::source, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(source -> source(source.getKey(), source.getValue(), all))
        .sorted(Comparator.comparingInt(SourceLine::samples).reversed())
        .toList();
  }

  private static SourceLine source(String name, List<SampleRow> samples, int all) {
    Set<String> prompts = new HashSet<>();
    samples.forEach(sample -> prompts.add(sample.prompt()));
    int[] lengths =
        samples.stream().mapToInt(sample -> sample.prompt().length()).sorted().toArray();
    return new SourceLine(
        name,
        samples.size(),
        samples.size() / (double) all,
        samples.stream().mapToLong(SampleRow::block).min().orElse(0),
        samples.stream().mapToLong(SampleRow::block).max().orElse(0),
        samples.size() - prompts.size(),
        lengths[lengths.length / 2]);
  }

  private List<ValidatorLine> validators(SubnetState state) {
    Map<Integer, Double> consensus =
        shares(
            state.members().stream()
                .filter(member -> member.consensus() > 0)
                .collect(Collectors.toMap(SubnetState.Member::uid, SubnetState.Member::consensus)));
    Map<Integer, Double> own =
        state.members().stream()
            .filter(member -> context.hotkey().map(member.hotkey()::equals).orElse(false))
            .findFirst()
            .map(member -> state.weights().getOrDefault(member.uid(), Map.of()))
            .orElse(Map.of());
    return state.members().stream()
        .filter(member -> member.permit() || state.weights().containsKey(member.uid()))
        .map(member -> validator(member, state, own, consensus))
        .sorted(Comparator.comparingLong(ValidatorLine::stake).reversed())
        .toList();
  }

  private ValidatorLine validator(
      SubnetState.Member member,
      SubnetState state,
      Map<Integer, Double> own,
      Map<Integer, Double> consensus) {
    Map<Integer, Double> weights = state.weights().getOrDefault(member.uid(), Map.of());
    return new ValidatorLine(
        member.uid(),
        member.hotkey(),
        context.hotkey().map(member.hotkey()::equals).orElse(false),
        member.stake(),
        member.dividends(),
        member.updated(),
        weights.size(),
        distance(weights, own),
        distance(weights, consensus),
        state
            .epoch()
            .filter(epoch -> member.uid() < epoch.neurons().size())
            .map(epoch -> epoch.neurons().get(member.uid()).before().validatorTrust() / 65_535.0));
  }

  private static Map<Integer, Double> shares(Map<Integer, Double> figures) {
    double sum = figures.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<Integer, Double> shares = new TreeMap<>();
    figures.forEach((uid, figure) -> shares.put(uid, figure / sum));
    return shares;
  }

  /** Empty where one of the two sets no weights. */
  private static Optional<Double> distance(Map<Integer, Double> one, Map<Integer, Double> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> either = new HashSet<>(one.keySet());
    either.addAll(other.keySet());
    double sum =
        either.stream()
            .mapToDouble(uid -> one.getOrDefault(uid, 0.0) - other.getOrDefault(uid, 0.0))
            .map(Math::abs)
            .sum();
    return Optional.of(sum / 2);
  }

  private List<QueueLine> queue() {
    List<VerdictRow> judged =
        rows.latest().map(row -> rows.verdictsOf(row.evaluation())).orElse(List.of());
    Map<String, SubnetState.Member> members = new HashMap<>();
    subnet.ifPresent(state -> state.members().forEach(each -> members.put(each.hotkey(), each)));
    List<QueueLine> lines = new ArrayList<>();
    Set<List<Object>> known = new HashSet<>();
    for (VerdictRow verdict : judged) {
      known.add(List.of(verdict.hotkey(), verdict.committedBlock()));
      if (verdict.blame().map(blame -> !blame.equals("MINER")).orElse(false)) {
        lines.add(
            line(
                verdict.uid(),
                verdict.hotkey(),
                verdict.repository(),
                verdict.committedBlock(),
                "AGAIN",
                members));
      }
    }
    subnet.map(SubnetState::commitments).stream()
        .flatMap(Collection::stream)
        .filter(each -> !known.contains(List.<Object>of(each.hotkey(), each.block())))
        .map(each -> line(each.uid(), each.hotkey(), each.text(), each.block(), "WAITING", members))
        .forEach(lines::add);
    lines.sort(Comparator.comparingLong(QueueLine::committedBlock));
    return lines;
  }

  private QueueLine line(
      int uid,
      String hotkey,
      Optional<String> committed,
      long block,
      String state,
      Map<String, SubnetState.Member> members) {
    long judged = rows.latest().map(EvaluationRow::window).orElse(-1L);
    long first = Math.max(block / context.windowBlocks(), judged) + 1;
    return new QueueLine(
        uid,
        hotkey,
        committed,
        block,
        state,
        first * context.windowBlocks(),
        Optional.ofNullable(members.get(hotkey)).map(SubnetState.Member::immuneUntil));
  }
}

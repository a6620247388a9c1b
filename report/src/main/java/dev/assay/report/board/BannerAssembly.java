package dev.assay.report.board;

import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.WeightRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands above every table. */
final class BannerAssembly {
  private static final int SECONDS_A_BLOCK = 12;
  private static final int WINDOWS_UNTIL_STALE = 3;
  private static final double MOST_UNJUDGED = 0.1;
  private static final Set<String> ON_CHAIN = Set.of("INCLUDED", "REVEALED");

  private final TableRows rows;
  private final List<WeightRow> events;
  private final Optional<SubnetState> subnet;
  private final BoardAssembly.Context context;

  BannerAssembly(
      TableRows rows,
      List<WeightRow> events,
      Optional<SubnetState> subnet,
      BoardAssembly.Context context) {
    this.rows = rows;
    this.events = events;
    this.subnet = subnet;
    this.context = context;
  }

  private record Word(Banner.State state, String reason) {}

  Banner banner() {
    Word word = rows.latest().map(this::word).orElse(new Word(Banner.State.EMPTY, nothing()));
    return new Banner(
        word.state(),
        word.reason(),
        context.now().toString(),
        rows.latest().map(EvaluationRow::evaluation),
        rows.latest().map(EvaluationRow::block),
        rows.latest().map(row -> row.finishedAt().toString()),
        subnet.map(SubnetState::block),
        subnet.flatMap(SubnetState::epoch).map(epoch -> epoch.epochBlock()),
        lastSet().map(BannerAssembly::set),
        rows.latest().map(EvaluationRow::versions));
  }

  /** Shares of the weights that were set last, by UID; none where none were. */
  Map<Integer, Double> weightsNow() {
    Optional<WeightRow> last = lastSet();
    if (last.isEmpty()) {
      return Map.of();
    }
    Map<Integer, Double> weights = new HashMap<>();
    for (int i = 0; i < Math.min(last.get().uids().size(), last.get().weights().size()); i++) {
      weights.put(last.get().uids().get(i), (double) last.get().weights().get(i));
    }
    if (weights.isEmpty()) {
      weights.putAll(rows.vector(last.get().evaluation()));
    }
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    weights.replaceAll((uid, weight) -> weight / sum);
    return weights;
  }

  private Optional<WeightRow> lastSet() {
    return events.stream()
        .filter(row -> ON_CHAIN.contains(row.event()))
        .reduce((earlier, later) -> later);
  }

  private static String nothing() {
    return "no evaluation has been completed yet";
  }

  private static Banner.SetWeights set(WeightRow row) {
    return new Banner.SetWeights(
        row.window(),
        row.evaluation(),
        row.hotkey(),
        row.event(),
        row.block(),
        row.extrinsicHash(),
        true,
        row.recordedAt().toString());
  }

  private Word word(EvaluationRow latest) {
    return stale(latest)
        .or(() -> unset(latest))
        .or(() -> degraded(latest))
        .orElseGet(
            () ->
                new Word(
                    Banner.State.GOOD,
                    "the weights of window " + latest.window() + " are set, and final"));
  }

  private Optional<Word> stale(EvaluationRow latest) {
    long limit = (long) WINDOWS_UNTIL_STALE * context.windowBlocks();
    long age =
        subnet
            .map(state -> state.block() - latest.block())
            .orElseGet(
                () ->
                    Duration.between(latest.finishedAt(), context.now()).toSeconds()
                        / SECONDS_A_BLOCK);
    return age <= limit
        ? Optional.empty()
        : Optional.of(
            new Word(
                Banner.State.STALE,
                "the latest evaluation is %,d blocks old; three windows are %,d"
                    .formatted(age, limit)));
  }

  private Optional<Word> unset(EvaluationRow latest) {
    List<WeightRow> ofWindow =
        events.stream().filter(row -> row.window() == latest.window()).toList();
    if (ofWindow.stream().anyMatch(row -> ON_CHAIN.contains(row.event()))) {
      return Optional.empty();
    }
    String last =
        ofWindow.isEmpty()
            ? "nothing was sent"
            : "the last event is " + ofWindow.get(ofWindow.size() - 1).event();
    return Optional.of(
        new Word(
            Banner.State.UNSET,
            "the weights of window " + latest.window() + " are not on the chain: " + last));
  }

  private Optional<Word> degraded(EvaluationRow latest) {
    List<VerdictRow> verdicts = rows.verdictsOf(latest.evaluation());
    long unjudged =
        verdicts.stream()
            .filter(each -> each.blame().map(blame -> !blame.equals("MINER")).orElse(false))
            .count();
    return unjudged <= MOST_UNJUDGED * verdicts.size()
        ? Optional.empty()
        : Optional.of(
            new Word(
                Banner.State.DEGRADED,
                "%d of %d models could not be judged, through no fault of their miners"
                    .formatted(unjudged, verdicts.size())));
  }
}

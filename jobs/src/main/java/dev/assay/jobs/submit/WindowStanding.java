package dev.assay.jobs.submit;

import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WeightRow;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;

/**
 * How far a window's weights came, as the table {@code weights} tells it; no chain is asked.
 *
 * @param evaluation that the vector comes from
 * @param extrinsic hash of the last extrinsic that was sent for the window
 * @param block height that included it
 * @param lastBlock that can include it; 0 where none was sent
 * @param byHash whether the weights are hidden until a later run of submit reveals them
 * @param reason why they are not set; empty where they are
 * @param recordedAt when the last event was recorded
 */
public record WindowStanding(
    long window,
    Stage stage,
    String evaluation,
    Optional<String> extrinsic,
    Optional<Long> block,
    long lastBlock,
    boolean byHash,
    String reason,
    Instant recordedAt) {
  /** How far they came. */
  public enum Stage {
    /** The vector is fixed, and nothing has been sent. */
    INTENDED,
    /** An extrinsic of unknown fate. */
    SENT,
    /** The chain holds the vector hidden. */
    COMMITTED,
    /** The chain shows the vector, or has shown it. */
    SET,
    /** The chain refused the last extrinsic. */
    FAILED,
    /** The chain dropped the hidden vector unrevealed. */
    EXPIRED
  }

  /** A validator's windows by their number. */
  public static SortedMap<Long, WindowStanding> all(
      Warehouse warehouse, int netuid, int mechanism, String hotkey) {
    Map<Long, List<WeightRow>> windows =
        warehouse.table(WeightRow.TABLE).rows(Expressions.equal("hotkey", hotkey)).stream()
            .filter(row -> row.netuid() == netuid && row.mechanism() == mechanism)
            .filter(row -> !row.event().equals(WeightLog.ACCEPTED))
            .collect(Collectors.groupingBy(WeightRow::window));
    SortedMap<Long, WindowStanding> standings = new TreeMap<>();
    windows.forEach((window, rows) -> standings.put(window, of(rows)));
    return Collections.unmodifiableSortedMap(standings);
  }

  /** The last block that changed a validator's weights through Assay, or as its operator knows. */
  public static Optional<Long> lastChange(
      Warehouse warehouse, int netuid, int mechanism, String hotkey) {
    return warehouse.table(WeightRow.TABLE).rows(Expressions.equal("hotkey", hotkey)).stream()
        .filter(row -> row.netuid() == netuid && row.mechanism() == mechanism)
        .filter(row -> WeightLog.CHANGES.contains(row.event()))
        .flatMap(row -> row.block().stream())
        .max(Comparator.naturalOrder());
  }

  /** What the events of one window come to. */
  static WindowStanding of(List<WeightRow> rows) {
    WeightRow last =
        rows.stream()
            .filter(named(WeightLog.SENT))
            .max(Comparator.comparingInt(WeightRow::attempt))
            .orElse(rows.get(0));
    List<WeightRow> events = rows.stream().filter(row -> row.attempt() == last.attempt()).toList();
    return new WindowStanding(
        last.window(),
        stage(last, events),
        last.evaluation(),
        last.extrinsicHash(),
        events.stream()
            .filter(named(WeightLog.INCLUDED))
            .flatMap(row -> row.block().stream())
            .findAny(),
        last.lastBlock(),
        last.commit().isPresent() && last.revealRound().isEmpty(),
        events.stream()
            .map(WeightRow::reason)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(""),
        rows.stream().map(WeightRow::recordedAt).max(Comparator.naturalOrder()).orElseThrow());
  }

  private static Stage stage(WeightRow last, List<WeightRow> events) {
    if (!last.event().equals(WeightLog.SENT)) {
      return Stage.INTENDED;
    }
    if (any(events, WeightLog.EXPIRED)) {
      return Stage.EXPIRED;
    }
    if (any(events, WeightLog.FAILED)) {
      return Stage.FAILED;
    }
    if (!any(events, WeightLog.INCLUDED)) {
      return Stage.SENT;
    }
    boolean isHidden =
        last.commit().isPresent()
            && !any(events, WeightLog.REVEALED)
            && !any(events, WeightLog.SUPERSEDED);
    return isHidden ? Stage.COMMITTED : Stage.SET;
  }

  private static boolean any(List<WeightRow> events, String name) {
    return events.stream().anyMatch(named(name));
  }

  private static Predicate<WeightRow> named(String event) {
    return row -> row.event().equals(event);
  }
}

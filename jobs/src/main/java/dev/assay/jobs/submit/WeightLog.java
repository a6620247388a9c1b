package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.UidWeight;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;

/** The events of weight-settings in the {@code weights} table; append only. */
final class WeightLog {
  private static final String INTENT = "INTENT";
  private static final String SENT = "SENT";
  private static final String INCLUDED = "INCLUDED";
  private static final String FAILED = "FAILED";

  /** How the reason of an included commit begins. */
  static final String HIDDEN = "committed encrypted";

  private final WarehouseTable<WeightRow> table;
  private final Clock clock;

  WeightLog(Warehouse warehouse, Clock clock) {
    this.table = warehouse.table(WeightRow.TABLE);
    this.clock = clock;
  }

  /**
   * One extrinsic that was sent for an intent, as far as the log knows.
   *
   * @param number counted from 1
   * @param lastBlock after which it can no longer be included
   * @param outcome INCLUDED or FAILED; empty while it is unknown
   * @param block that included it
   * @param reason of the outcome
   */
  record Attempt(
      int number,
      Optional<String> extrinsicHash,
      long lastBlock,
      Optional<String> outcome,
      Optional<Long> block,
      String reason) {
    boolean isHidden() {
      return reason.startsWith(HIDDEN);
    }

    boolean isIncluded() {
      return outcome.equals(Optional.of(INCLUDED));
    }

    boolean mayStillBeIncluded(long finalBlock) {
      return outcome.isEmpty() && finalBlock <= lastBlock;
    }
  }

  void intent(WeightIntent intent) {
    append(intent, INTENT, 0, Optional.empty(), Optional.empty(), Optional.empty(), "", 0);
  }

  void sent(WeightIntent intent, int attempt, String hash, long lastBlock) {
    append(
        intent,
        SENT,
        attempt,
        Optional.of(hash),
        Optional.empty(),
        Optional.empty(),
        "",
        lastBlock);
  }

  void included(WeightIntent intent, int attempt, Outcome.Included included, String reason) {
    append(
        intent,
        INCLUDED,
        attempt,
        Optional.of(included.extrinsic().toString()),
        Optional.of(included.number()),
        Optional.of(included.block().toString()),
        reason,
        0);
  }

  /** The chain turned out to hold what an attempt of unknown fate has set. */
  void found(WeightIntent intent, Attempt attempt, long block) {
    append(
        intent,
        INCLUDED,
        attempt.number(),
        attempt.extrinsicHash(),
        Optional.of(block),
        Optional.empty(),
        "found by reading the chain",
        0);
  }

  void failed(WeightIntent intent, int attempt, Outcome.Failed failed) {
    append(
        intent,
        FAILED,
        attempt,
        Optional.of(failed.extrinsic().toString()),
        failed.where().map(Outcome.Included::number),
        failed.where().map(where -> where.block().toString()),
        failed.error() + ": " + failed.words(),
        0);
  }

  /** An extrinsic of unknown fate, with what it was to set. */
  record Sent(WeightIntent intent, Attempt attempt) {}

  /** The last extrinsic that was sent for the intent's window. */
  Optional<Attempt> lastAttempt(WeightIntent intent) {
    List<WeightRow> rows =
        rows(intent).stream().filter(row -> row.window() == intent.window()).toList();
    return rows.stream()
        .filter(row -> row.event().equals(SENT))
        .max(Comparator.comparingInt(WeightRow::attempt))
        .map(sent -> attempt(sent, rows));
  }

  /** All extrinsics of the hotkey of which no outcome is recorded. */
  List<Sent> unsettled(WeightIntent anyOfHotkey) {
    List<WeightRow> rows = rows(anyOfHotkey);
    return rows.stream()
        .filter(row -> row.event().equals(SENT))
        .map(
            sent ->
                new Sent(
                    intent(sent),
                    attempt(
                        sent, rows.stream().filter(row -> row.window() == sent.window()).toList())))
        .filter(sent -> sent.attempt().outcome().isEmpty())
        .toList();
  }

  /** The last block that is known to have included weights of the hotkey. */
  Optional<Long> lastIncluded(WeightIntent anyOfHotkey) {
    return rows(anyOfHotkey).stream()
        .filter(row -> row.event().equals(INCLUDED))
        .flatMap(row -> row.block().stream())
        .max(Comparator.naturalOrder());
  }

  private List<WeightRow> rows(WeightIntent intent) {
    return table.rows(Expressions.equal("hotkey", intent.hotkey())).stream()
        .filter(row -> row.netuid() == intent.netuid())
        .filter(row -> row.mechanism() == intent.mechanism())
        .toList();
  }

  private static WeightIntent intent(WeightRow row) {
    List<UidWeight> vector =
        IntStream.range(0, row.uids().size())
            .mapToObj(index -> new UidWeight(row.uids().get(index), row.weights().get(index)))
            .toList();
    return new WeightIntent(
        row.netuid(),
        row.mechanism(),
        row.hotkey(),
        row.window(),
        row.evaluation(),
        vector,
        row.versionKey(),
        0);
  }

  private static Attempt attempt(WeightRow sent, List<WeightRow> rows) {
    Optional<WeightRow> settled =
        rows.stream()
            .filter(row -> row.attempt() == sent.attempt())
            .filter(row -> row.event().equals(INCLUDED) || row.event().equals(FAILED))
            .findFirst();
    return new Attempt(
        sent.attempt(),
        sent.extrinsicHash(),
        sent.lastBlock(),
        settled.map(WeightRow::event),
        settled.flatMap(WeightRow::block),
        settled.map(WeightRow::reason).orElse(""));
  }

  private void append(
      WeightIntent intent,
      String event,
      int attempt,
      Optional<String> hash,
      Optional<Long> block,
      Optional<String> blockHash,
      String reason,
      long lastBlock) {
    table.append(
        List.of(
            new WeightRow(
                intent.netuid(),
                intent.mechanism(),
                intent.hotkey(),
                intent.window(),
                event,
                attempt,
                intent.evaluation(),
                intent.vector().stream().map(UidWeight::uid).toList(),
                intent.vector().stream().map(UidWeight::weight).toList(),
                intent.versionKey(),
                hash,
                block,
                blockHash,
                lastBlock,
                reason,
                clock.instant().truncatedTo(ChronoUnit.MICROS))));
  }
}

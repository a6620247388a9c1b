package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.hash.Hash;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.weights.UidWeight;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;

/** The events of weight-settings in the {@code weights} table; append only. */
final class WeightLog {
  private static final String INTENT = "INTENT";
  static final String SENT = "SENT";
  static final String INCLUDED = "INCLUDED";
  static final String FAILED = "FAILED";
  private static final String REVEAL_SENT = "REVEAL_SENT";
  static final String REVEALED = "REVEALED";
  static final String EXPIRED = "EXPIRED";
  static final String SUPERSEDED = "SUPERSEDED";
  static final String ACCEPTED = "ACCEPTED";
  private static final Set<String> ENDS = Set.of(FAILED, REVEALED, EXPIRED, SUPERSEDED);
  static final Set<String> CHANGES = Set.of(INCLUDED, REVEALED, ACCEPTED);

  private final WarehouseTable<WeightRow> table;
  private final Clock clock;

  WeightLog(Warehouse warehouse, Clock clock) {
    this.table = warehouse.table(WeightRow.TABLE);
    this.clock = clock;
  }

  /**
   * One extrinsic that was sent for an intent, as far as the log knows.
   *
   * @param intent what it was to set; its last update isn't known here
   * @param number counted from 1
   * @param lastBlock after which it can no longer be included
   * @param included the block that included it
   * @param ended whether nothing more can become of it
   * @param revealed whether its hidden weights were revealed, the reveal's extrinsic where it was
   *     ours
   * @param hiding how it hides its weights; empty for plain ones
   * @param extrinsic what was sent; empty where an earlier release has not recorded it
   */
  record Attempt(
      WeightIntent intent,
      int number,
      Optional<String> extrinsicHash,
      long lastBlock,
      Optional<Place> included,
      boolean ended,
      Optional<Reveal> revealed,
      Optional<Hiding> hiding,
      Optional<SignedExtrinsic> extrinsic) {
    /** Whether weights took effect, or will. */
    boolean stands() {
      return included.isPresent() && (!ended || revealed.isPresent());
    }

    /** Whether the chain has accepted weights that aren't visible yet. */
    boolean isHidden() {
      return included.isPresent() && hiding.isPresent() && !ended;
    }

    boolean isUnsettled() {
      return included.isEmpty() && !ended;
    }
  }

  /** A block of the chain. */
  record Place(long number, String hash) {}

  /** What showed the weights: our extrinsic, or the chain itself. */
  record Reveal(Optional<String> extrinsicHash, Optional<Long> block) {}

  void intent(WeightIntent intent) {
    append(event(intent, INTENT, 0));
  }

  /** Before an extrinsic is sent. */
  void sent(WeightIntent intent, int attempt, SignedExtrinsic extrinsic, Optional<Hiding> hiding) {
    append(event(intent, SENT, attempt).signed(extrinsic).hiding(hiding));
  }

  void included(WeightIntent intent, int attempt, Outcome.Included included) {
    append(
        event(intent, INCLUDED, attempt)
            .extrinsic(included.extrinsic().toString())
            .place(included.number(), included.block().toString()));
  }

  /** The chain turned out to hold what an attempt of unknown fate has set. */
  void found(Attempt attempt, Place place) {
    append(
        event(attempt.intent(), INCLUDED, attempt.number())
            .extrinsic(attempt.extrinsicHash().orElse(""))
            .place(place.number(), place.hash())
            .reason("found by reading the chain"));
  }

  void failed(WeightIntent intent, int attempt, Outcome.Failed failed) {
    Event event =
        event(intent, FAILED, attempt)
            .extrinsic(failed.extrinsic().toString())
            .reason(failed.error() + ": " + failed.words());
    failed.where().ifPresent(where -> event.place(where.number(), where.block().toString()));
    append(event);
  }

  /** Before a reveal is sent. A reveal may be sent twice: the chain takes one. */
  void revealSent(Attempt attempt, String hash, long lastBlock) {
    int before =
        (int)
            rows(attempt.intent()).stream()
                .filter(row -> row.window() == attempt.intent().window())
                .filter(row -> row.event().equals(REVEAL_SENT))
                .count();
    append(event(attempt.intent(), REVEAL_SENT, before + 1).extrinsic(hash).lastBlock(lastBlock));
  }

  /** The chain shows the weights since our reveal. */
  void revealed(Attempt attempt, Outcome.Included included) {
    append(
        event(attempt.intent(), REVEALED, attempt.number())
            .extrinsic(included.extrinsic().toString())
            .place(included.number(), included.block().toString()));
  }

  /** The chain was seen to show the weights. */
  void seenRevealed(Attempt attempt) {
    append(event(attempt.intent(), REVEALED, attempt.number()).reason("found on the chain"));
  }

  /** The chain has dropped the commit. */
  void expired(Attempt attempt, String reason) {
    append(event(attempt.intent(), EXPIRED, attempt.number()).reason(reason));
  }

  /** The chain no longer holds the commit, and weights of a later window stand. */
  void superseded(Attempt attempt) {
    append(event(attempt.intent(), SUPERSEDED, attempt.number()));
  }

  /** The operator knows of an update of the hotkey that wasn't ours. */
  void accepted(WeightIntent intent, long block) {
    append(event(intent, ACCEPTED, (int) block).block(block));
  }

  /** The last extrinsic that was sent for the intent's window. */
  Optional<Attempt> lastAttempt(WeightIntent intent) {
    return attempts(intent).stream()
        .filter(attempt -> attempt.intent().window() == intent.window())
        .max(Comparator.comparingInt(Attempt::number));
  }

  /** All extrinsics that set weights of the hotkey, the earliest window first. */
  List<Attempt> attempts(WeightIntent anyOfHotkey) {
    List<WeightRow> rows = rows(anyOfHotkey);
    return rows.stream()
        .filter(row -> row.event().equals(SENT))
        .map(sent -> attempt(sent, rows))
        .sorted(
            Comparator.comparingLong((Attempt attempt) -> attempt.intent().window())
                .thenComparingInt(Attempt::number))
        .toList();
  }

  /** The last block that changed weights of the hotkey through us, or as the operator knows. */
  OptionalLong lastChange(WeightIntent anyOfHotkey) {
    return rows(anyOfHotkey).stream()
        .filter(row -> CHANGES.contains(row.event()))
        .flatMap(row -> row.block().stream())
        .mapToLong(Long::longValue)
        .max();
  }

  private List<WeightRow> rows(WeightIntent intent) {
    return table.rows(Expressions.equal("hotkey", intent.hotkey())).stream()
        .filter(row -> row.netuid() == intent.netuid())
        .filter(row -> row.mechanism() == intent.mechanism())
        // Rows that name no chain are of this one: the warehouse was claimed for it.
        .filter(row -> row.genesis().orElse(intent.genesis()).equals(intent.genesis()))
        .toList();
  }

  private static WeightIntent intent(WeightRow row) {
    List<UidWeight> vector =
        IntStream.range(0, row.uids().size())
            .mapToObj(index -> new UidWeight(row.uids().get(index), row.weights().get(index)))
            .toList();
    return new WeightIntent(
        row.genesis().orElse(WeightIntent.UNKNOWN_CHAIN),
        row.netuid(),
        row.mechanism(),
        row.hotkey(),
        row.window(),
        row.evaluation(),
        vector,
        row.versionKey(),
        0);
  }

  private static Attempt attempt(WeightRow sent, List<WeightRow> all) {
    List<WeightRow> rows =
        all.stream()
            .filter(row -> row.window() == sent.window() && row.attempt() == sent.attempt())
            .toList();
    return new Attempt(
        intent(sent),
        sent.attempt(),
        sent.extrinsicHash(),
        sent.lastBlock(),
        find(rows, INCLUDED)
            .map(row -> new Place(row.block().orElseThrow(), row.blockHash().orElseThrow())),
        rows.stream().anyMatch(row -> ENDS.contains(row.event())),
        find(rows, REVEALED).map(row -> new Reveal(row.extrinsicHash(), row.block())),
        sent.commit()
            .map(
                commit ->
                    new Hiding(
                        Hash.fromHex(commit),
                        sent.salt(),
                        sent.revealRound().map(OptionalLong::of).orElseGet(OptionalLong::empty))),
        sent.extrinsic()
            .map(extrinsic -> SignedExtrinsic.recorded(HexFormat.of().parseHex(extrinsic))));
  }

  private static Optional<WeightRow> find(List<WeightRow> rows, String event) {
    return rows.stream().filter(row -> row.event().equals(event)).findFirst();
  }

  private static Event event(WeightIntent intent, String event, int attempt) {
    return new Event(intent, event, attempt);
  }

  private void append(Event event) {
    table.append(List.of(event.row(clock.instant().truncatedTo(ChronoUnit.MICROS))));
  }
}

package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.jobs.tables.WeightRow;
import dev.assay.score.weights.UidWeight;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One row of the {@code weights} table in the making. */
final class Event {
  private final WeightIntent intent;
  private final String name;
  private final int attempt;
  private Optional<String> extrinsic = Optional.empty();
  private Optional<Long> block = Optional.empty();
  private Optional<String> blockHash = Optional.empty();
  private long lastBlock;
  private String reason = "";
  private Optional<Hiding> hiding = Optional.empty();
  private Optional<SignedExtrinsic> signed = Optional.empty();

  Event(WeightIntent intent, String name, int attempt) {
    this.intent = intent;
    this.name = name;
    this.attempt = attempt;
  }

  Event extrinsic(String hash) {
    extrinsic = Optional.of(hash);
    return this;
  }

  /** What is sent, with its hash and the last block that can include it. */
  Event signed(SignedExtrinsic extrinsic) {
    signed = Optional.of(extrinsic);
    return extrinsic(extrinsic.hash().toString()).lastBlock(extrinsic.era().lastBlock());
  }

  Event block(long number) {
    block = Optional.of(number);
    return this;
  }

  Event place(long number, String hash) {
    block = Optional.of(number);
    blockHash = Optional.of(hash);
    return this;
  }

  Event lastBlock(long number) {
    lastBlock = number;
    return this;
  }

  Event reason(String words) {
    reason = words;
    return this;
  }

  Event hiding(Optional<Hiding> how) {
    hiding = how;
    return this;
  }

  WeightRow row(Instant recordedAt) {
    return new WeightRow(
        intent.netuid(),
        intent.mechanism(),
        intent.hotkey(),
        intent.window(),
        name,
        attempt,
        intent.evaluation(),
        intent.vector().stream().map(UidWeight::uid).toList(),
        intent.vector().stream().map(UidWeight::weight).toList(),
        intent.versionKey(),
        extrinsic,
        block,
        blockHash,
        lastBlock,
        reason,
        recordedAt,
        hiding.map(how -> how.commit().toString()),
        hiding.map(Hiding::salt).orElse(List.of()),
        hiding.filter(Hiding::isTimelock).map(how -> how.round().getAsLong()),
        Optional.of(intent.genesis()),
        signed.map(extrinsic -> HexFormat.of().formatHex(extrinsic.record())));
  }
}

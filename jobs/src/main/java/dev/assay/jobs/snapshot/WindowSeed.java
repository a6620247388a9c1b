package dev.assay.jobs.snapshot;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.resemblance.MinHash;
import dev.assay.jobs.tables.SampleRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;

/**
 * By what a window's samples are compared and chosen: the hash of its first block, which nobody
 * knows before the window begins, and which is the same for every validator.
 *
 * @param blockHash its hash
 */
record WindowSeed(Hash blockHash) {
  /** The seeds of a chain's windows, by the windows' first blocks. */
  static LongFunction<WindowSeed> of(Subtensor chain) {
    return firstBlock -> new WindowSeed(chain.blockHash(firstBlock));
  }

  private record Ticket(SampleRow row, String hash) {
    long block() {
      return row.block();
    }
  }

  /**
   * Rows by block, and those of a block in an order in which nobody can choose a place: by
   * SHA-256(block hash ‖ sample id).
   */
  List<SampleRow> inOrder(List<SampleRow> rows) {
    return rows.stream()
        .map(row -> new Ticket(row, hash(row.sampleId())))
        .sorted(Comparator.comparingLong(Ticket::block).thenComparing(Ticket::hash))
        .map(Ticket::row)
        .toList();
  }

  /** Rows in an order in which nobody can choose a place: by SHA-256(block hash ‖ sample id). */
  List<SampleRow> byDigest(List<SampleRow> rows) {
    return rows.stream()
        .map(row -> new Ticket(row, hash(row.sampleId())))
        .sorted(
            Comparator.comparing(Ticket::hash)
                .thenComparingLong(Ticket::block)
                .thenComparing(ticket -> ticket.row().source()))
        .map(Ticket::row)
        .toList();
  }

  private String hash(String sampleId) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(blockHash.bytes());
      return HexFormat.of().formatHex(sha256.digest(sampleId.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  MinHash minHash() {
    return new MinHash(blockHash.bytes());
  }
}

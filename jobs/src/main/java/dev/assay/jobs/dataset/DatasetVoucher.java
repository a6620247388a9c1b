package dev.assay.jobs.dataset;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Sr25519;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Who answers for the rows of a dataset that nobody has signed one by one, and of which blocks they
 * are.
 *
 * @param account SS58 address of a validator
 * @param at when it signed, as it says
 * @param firstBlock of those that the rows are spread over
 * @param lastBlock included
 * @param signature of the address, 128 hex digits
 */
record DatasetVoucher(
    String account, Instant at, long firstBlock, long lastBlock, String signature) {
  private static final String DOMAIN = "assay-dataset-1";

  DatasetVoucher {
    AccountId.fromSs58(account);
    if (firstBlock < 1 || lastBlock < firstBlock) {
      throw new IllegalArgumentException("blocks= are the first and the last one, as in 1000-1359");
    }
    if (!signature.matches("[0-9a-f]{128}")) {
      throw new IllegalArgumentException("signature= has 128 hex digits");
    }
  }

  /**
   * What the account signs.
   *
   * @param genesis of the chain, as 0x and hex digits
   * @param netuid of the subnet whose validator signs
   * @param address of the dataset up to its signature
   */
  static String text(String genesis, int netuid, String address) {
    return "%s %s %d %s".formatted(DOMAIN, genesis, netuid, address);
  }

  boolean hasSigned(String text) {
    return Sr25519.verify(
        AccountId.fromSs58(account),
        text.getBytes(StandardCharsets.UTF_8),
        HexFormat.of().parseHex(signature));
  }

  boolean overlaps(long fromBlock, long toBlock) {
    return firstBlock <= toBlock && lastBlock >= fromBlock;
  }

  /** The block of a sample: by its id, so that nobody who names the span chooses it. */
  long block(String sampleId) {
    long digest = Long.parseUnsignedLong(sampleId.substring(0, 16), 16);
    return firstBlock + Long.remainderUnsigned(digest, lastBlock - firstBlock + 1);
  }
}

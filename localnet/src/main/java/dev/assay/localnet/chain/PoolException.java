package dev.assay.localnet.chain;

import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.runtime.InvalidTransactionException;

/** The pool refuses an extrinsic, with the code and the message of Substrate's pool. */
public final class PoolException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String data;

  private PoolException(int code, String message, String data) {
    super(message, null, false, false);
    this.code = code;
    this.data = data;
  }

  static PoolException of(InvalidTransactionException invalid) {
    return new PoolException(invalid.code(), invalid.title(), invalid.getMessage());
  }

  static PoolException badFormat(String why) {
    return new PoolException(1001, "Extrinsic has invalid format: " + why, "");
  }

  static PoolException temporarilyBanned() {
    return new PoolException(1012, "Transaction is temporarily banned", "");
  }

  static PoolException alreadyImported(Bytes32 hash) {
    return new PoolException(1013, "Transaction Already Imported", hash.toString());
  }

  static PoolException tooLowPriority(long own, long other) {
    return new PoolException(
        1014,
        "Priority is too low: (" + other + " vs " + own + ")",
        "The transaction has too low priority to replace another transaction already in the"
            + " pool.");
  }

  static PoolException immediatelyDropped() {
    return new PoolException(
        1016,
        "Immediately Dropped",
        "The transaction couldn't enter the pool because of the limit");
  }

  /** The JSON-RPC error code. */
  public int code() {
    return code;
  }

  /** The JSON-RPC error's data; empty where it has none. */
  public String data() {
    return data;
  }
}

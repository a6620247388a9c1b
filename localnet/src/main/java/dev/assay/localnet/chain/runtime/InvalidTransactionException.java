package dev.assay.localnet.chain.runtime;

/** An extrinsic that can't be in a block, with the code and the message that nodes use. */
public final class InvalidTransactionException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String message;
  private final int validity;
  private final int custom;

  private InvalidTransactionException(
      int code, String message, String data, int validity, int custom) {
    super(data, null, false, false);
    this.code = code;
    this.message = message;
    this.validity = validity;
    this.custom = custom;
  }

  /** Cases of {@code sp_runtime::transaction_validity::InvalidTransaction}. */
  public enum Reason {
    PAYMENT(1, "Inability to pay some fees (e.g. account balance too low)"),
    FUTURE(2, "Transaction will be valid in the future"),
    STALE(3, "Transaction is outdated"),
    BAD_PROOF(4, "Transaction has a bad signature"),
    ANCIENT_BIRTH_BLOCK(5, "Transaction has an ancient birth block"),
    EXHAUSTS_RESOURCES(6, "Transaction would exhaust the block limits"),
    BAD_SIGNER(10, "Invalid signing address");

    private final int index;
    private final String words;

    Reason(int index, String words) {
      this.index = index;
      this.words = words;
    }
  }

  static InvalidTransactionException because(Reason reason) {
    return new InvalidTransactionException(
        1010, "Invalid Transaction", reason.words, reason.index, 0);
  }

  /** It can be in a later block, not in this one. */
  public static InvalidTransactionException waiting() {
    return because(Reason.FUTURE);
  }

  static InvalidTransactionException custom(int code) {
    return new InvalidTransactionException(
        1010, "Invalid Transaction", "Custom error: " + code, 7, code);
  }

  static InvalidTransactionException unknown(String words) {
    return new InvalidTransactionException(1011, "Unknown Transaction Validity", words, -1, 0);
  }

  static InvalidTransactionException malformed(String words) {
    return new InvalidTransactionException(
        1002, "Verification Error: Execution failed: " + words, words, -1, 0);
  }

  /** The JSON-RPC error code. */
  public int code() {
    return code;
  }

  /** The JSON-RPC error's message; {@link #getMessage} is its data. */
  public String title() {
    return message;
  }

  /** The case of {@code InvalidTransaction}, or −1 where it is another kind of error. */
  public int validity() {
    return validity;
  }

  /** The number of a custom error. */
  public int custom() {
    return custom;
  }

  /** Whether the extrinsic may be valid in a later block. */
  public boolean temporary() {
    return validity == Reason.FUTURE.index || validity == Reason.EXHAUSTS_RESOURCES.index;
  }
}

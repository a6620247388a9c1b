package dev.assay.localnet.chain.pallet;

/** A call failed: its changes are undone and the block says why. */
public final class DispatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient DispatchError error;

  /** A failure with a name for logs. */
  public DispatchException(DispatchError error, String name) {
    // A failed call is an ordinary outcome; its trace would tell nothing and cost a lot.
    super(name, null, false, false);
    this.error = error;
  }

  /** A failure that needs no name. */
  public DispatchException(DispatchError error) {
    this(error, "dispatch error " + error.kind());
  }

  /** Why. */
  public DispatchError error() {
    return error;
  }
}

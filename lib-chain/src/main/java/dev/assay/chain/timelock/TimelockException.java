package dev.assay.chain.timelock;

/**
 * A ciphertext that a signature does not open: the signature is another round's, or the ciphertext
 * was not made for this beacon.
 */
public final class TimelockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TimelockException(String message) {
    super(message);
  }

  TimelockException(String message, Throwable cause) {
    super(message, cause);
  }
}

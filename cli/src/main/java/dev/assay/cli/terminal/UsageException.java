package dev.assay.cli.terminal;

/** The command can't run as it was asked to; the message names the thing and the next step. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.assay.cli;

/** The command can't run as it was asked to; the message names the thing and the next step. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}

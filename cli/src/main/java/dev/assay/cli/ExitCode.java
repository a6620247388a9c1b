package dev.assay.cli;

/** Exit codes for schedulers, as {@code assay --help} lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** Bad usage or configuration: a retry gives the same answer. */
  static final int USAGE = 2;

  static final int NOTHING_TO_DO = 3;

  /** A passing fault of the network, the hub or the chain: the same command may succeed later. */
  static final int TRY_AGAIN_LATER = 75;

  private ExitCode() {}
}

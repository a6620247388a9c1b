package dev.assay.cli.terminal;

/** Exit codes for schedulers, as {@code assay --help} lists them. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;

  /** Bad usage or configuration: a retry gives the same answer. */
  public static final int USAGE = 2;

  public static final int NOTHING_TO_DO = 3;

  /** A passing fault of the network, the hub or the chain: the same command may succeed later. */
  public static final int TRY_AGAIN_LATER = 75;

  private ExitCode() {}
}

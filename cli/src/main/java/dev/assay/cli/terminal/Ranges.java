package dev.assay.cli.terminal;

/** Bounds of numeric options; an error names the option. */
public final class Ranges {
  private static final int LARGEST_PORT = 65_535;
  private static final int LARGEST_NETUID = 65_535;
  private static final int MOST_THREADS = 1_024;

  private Ranges() {}

  /** Does nothing for an option that wasn't given. */
  public static void within(String option, Number value, long least, long most) {
    if (value != null && (value.longValue() < least || value.longValue() > most)) {
      throw new UsageException(option + " is " + value + "; from " + least + " to " + most);
    }
  }

  public static void atLeast(String option, Number value, long least) {
    if (value != null && value.longValue() < least) {
      throw new UsageException(option + " is " + value + "; at least " + least);
    }
  }

  /** A height of the chain, which is a u32. */
  public static void block(String option, Number value) {
    within(option, value, 0, 0xffff_ffffL);
  }

  public static void port(String option, Number value) {
    within(option, value, 0, LARGEST_PORT);
  }

  public static void netuid(String option, Number value) {
    within(option, value, 0, LARGEST_NETUID);
  }

  public static void threads(String option, Number value) {
    within(option, value, 1, MOST_THREADS);
  }
}

package dev.assay.score;

import java.util.ArrayList;
import java.util.List;

/** Checks of constructor arguments; the errors name the thing, the value and the limit. */
public final class Limits {
  /** A UID is a u16 on the chain. */
  public static final int MAX_UID = 65_535;

  private Limits() {}

  /**
   * Makes every check and tells all faults together, so that nobody mends one to meet the next.
   *
   * @param checks each of which throws an {@link IllegalArgumentException} for what it refuses
   * @throws LimitsException if one does
   */
  public static void all(Runnable... checks) {
    List<String> faults = new ArrayList<>();
    for (Runnable check : checks) {
      try {
        check.run();
      } catch (IllegalArgumentException refused) {
        faults.addAll(LimitsException.faults(refused));
      }
    }
    if (!faults.isEmpty()) {
      throw new LimitsException(faults);
    }
  }

  public static void between(String name, double value, double low, double high) {
    // Written so that NaN fails.
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + ": is " + text(value) + ", must be from " + text(low) + " to " + text(high));
    }
  }

  public static void atLeast(String name, double value, double low) {
    if (!(value >= low)) {
      throw new IllegalArgumentException(
          name + ": is " + text(value) + ", must be at least " + text(low));
    }
  }

  public static void between(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + ": is " + value + ", must be from " + low + " to " + high);
    }
  }

  public static void atLeast(String name, long value, long low) {
    if (value < low) {
      throw new IllegalArgumentException(name + ": is " + value + ", must be at least " + low);
    }
  }

  public static void above(String name, double value, double low) {
    if (!(value > low)) {
      throw new IllegalArgumentException(
          name + ": is " + text(value) + ", must be above " + text(low));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

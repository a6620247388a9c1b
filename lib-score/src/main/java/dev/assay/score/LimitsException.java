package dev.assay.score;

import java.util.ArrayList;
import java.util.List;

/** Arguments that are out of their limits, all that were looked at; the message has them all. */
public final class LimitsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> faults;

  LimitsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = new ArrayList<>(faults);
  }

  /** What {@link Limits#all} has found, each as a text of its own; at least one. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** The faults that an exception tells: its own ones, or its message. */
  public static List<String> faults(IllegalArgumentException refused) {
    return refused instanceof LimitsException several
        ? several.faults()
        : List.of(String.valueOf(refused.getMessage()));
  }
}

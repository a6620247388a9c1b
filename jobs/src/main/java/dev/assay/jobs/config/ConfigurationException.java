package dev.assay.jobs.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Settings that cannot be used. Each fault is one line: the file, the key, the value, what to do
 * next.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> faults;

  public ConfigurationException(String message) {
    this(message, null);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
    this.faults = new ArrayList<>(List.of(message));
  }

  /** Several at once; the message has them all. */
  ConfigurationException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = new ArrayList<>(faults);
  }

  /** All faults that were found, in the files' order; at least one. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}

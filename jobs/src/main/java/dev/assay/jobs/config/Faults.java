package dev.assay.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with a configuration, gathered from its parts so that all is told at once. */
final class Faults {
  private final List<String> faults = new ArrayList<>();

  void add(String fault) {
    faults.add(fault);
  }

  /** A part, or empty where it has faults, which are kept. */
  <T> Optional<T> of(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (ConfigurationException refused) {
      faults.addAll(refused.faults());
      return Optional.empty();
    }
  }

  /** Settings that don't fit each other. */
  void check(String source, Runnable together) {
    try {
      together.run();
    } catch (IllegalArgumentException refused) {
      faults.add(source + ": " + refused.getMessage());
    }
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException if a part has had faults
   */
  void throwAny() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }
}

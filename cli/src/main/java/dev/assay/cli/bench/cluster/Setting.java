package dev.assay.cli.bench.cluster;

import dev.assay.cli.terminal.Console;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the parts of a measurement share.
 *
 * @param seed what is made up follows from it
 * @param windows of a simulation
 * @param fields of each kind that early stopping is tried on
 * @param models of a window that is really evaluated
 * @param evaluations that a warehouse goes through
 * @param bucket a folder in an object store, which tables are measured in as well
 * @param processors of this machine
 * @param loadAverage of it in the minute before, by the system; what else runs makes figures worse
 * @param folder an empty one; each part makes one of its own in it
 * @param console where progress is shown
 */
record Setting(
    long seed,
    int windows,
    int fields,
    int models,
    int evaluations,
    Optional<Bucket> bucket,
    int processors,
    double loadAverage,
    Path folder,
    Console console) {

  /** On this machine, as it is now, without a bucket. */
  static Setting here(
      long seed,
      int windows,
      int fields,
      int models,
      int evaluations,
      Path folder,
      Console console) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return new Setting(
        seed,
        windows,
        fields,
        models,
        evaluations,
        Optional.empty(),
        system.getAvailableProcessors(),
        system.getSystemLoadAverage(),
        folder,
        console);
  }

  /** The same with a bucket. */
  Setting with(Bucket added) {
    return new Setting(
        seed,
        windows,
        fields,
        models,
        evaluations,
        Optional.of(added),
        processors,
        loadAverage,
        folder,
        console);
  }
}

package dev.assay.jobs.status;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.submit.WindowStanding;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What a validator's tables know. A warehouse that is not there yet knows nothing, and looking at
 * it creates none.
 *
 * @param genesis of the chain that the warehouse belongs to
 * @param evaluations of the configured subnet, the last one last
 * @param windows the hotkey's weights by window
 * @param lastChange the last block that changed them through Assay
 */
record Records(
    Optional<String> genesis,
    List<EvaluationRow> evaluations,
    SortedMap<Long, WindowStanding> windows,
    Optional<Long> lastChange) {
  private static final Records NONE =
      new Records(Optional.empty(), List.of(), Collections.emptySortedMap(), Optional.empty());

  /** Whether there are tables to be looked at. */
  static boolean areThere(AssayConfiguration configuration) {
    String place = configuration.paths().warehouse();
    return place.contains(":") || Files.isDirectory(Path.of(place));
  }

  /**
   * Reads them.
   *
   * @param hotkey SS58 address of the validator, where it is known
   */
  static Records read(AssayConfiguration configuration, Optional<String> hotkey) {
    if (!areThere(configuration)) {
      return NONE;
    }
    try (Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      return read(configuration, warehouse, hotkey);
    }
  }

  static Records read(
      AssayConfiguration configuration, Warehouse warehouse, Optional<String> hotkey) {
    int netuid = configuration.chain().netuid();
    int mechanism = configuration.chain().mechanism();
    return new Records(
        warehouse.table(ChainRow.TABLE).rows().stream().map(ChainRow::genesis).findFirst(),
        warehouse.table(EvaluationRow.TABLE).rows().stream()
            .filter(row -> row.netuid() == netuid && row.mechanism() == mechanism)
            .sorted(
                Comparator.comparingLong(EvaluationRow::block)
                    .thenComparing(EvaluationRow::evaluation))
            .toList(),
        hotkey
            .map(address -> WindowStanding.all(warehouse, netuid, mechanism, address))
            .orElseGet(Collections::emptySortedMap),
        hotkey.flatMap(
            address -> WindowStanding.lastChange(warehouse, netuid, mechanism, address)));
  }

  /** A window's last completed evaluation. */
  Optional<EvaluationRow> evaluation(long window) {
    return evaluations.stream()
        .filter(row -> row.window() == window)
        .reduce((earlier, later) -> later);
  }
}

package dev.assay.report.board;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;

/** Reads all that a leaderboard shows; without Spark. */
public final class BoardReading {
  private BoardReading() {}

  /**
   * Reads the tables, the latest evaluation's bundle, and the chain at a block.
   *
   * @param hotkey whose weights are ours, as an SS58 address; where it is empty, anybody's
   * @param block at which the chain is read; empty to leave it out
   * @param notes what the reader of the leaderboard is to know besides
   * @throws ConfigurationException if there is no warehouse
   * @throws IllegalStateException if files of its tables are missing
   */
  public static Board of(
      AssayConfiguration settings,
      Optional<String> hotkey,
      Optional<BlockView> block,
      List<String> notes,
      Instant now) {
    int netuid = settings.chain().netuid();
    int mechanism = settings.chain().mechanism();
    TableRows rows = rows(settings);
    List<String> all = new ArrayList<>(notes);
    if (rows.evaluations().size() == TableRows.MOST_EVALUATIONS) {
      all.add("Only the last %d evaluations are shown.".formatted(TableRows.MOST_EVALUATIONS));
    }
    rows.latest()
        .filter(latest -> rows.verdictsOf(latest.evaluation()).size() < latest.models())
        .ifPresent(
            latest ->
                all.add(
                    "The tables lack verdicts of the latest evaluation, as after a copy that was"
                        + " interrupted; copy them again."));
    Optional<BundleEvidence> evidence =
        rows.latest().flatMap(latest -> evidence(settings, latest, all));
    SortedMap<Integer, Double> vector =
        rows.latest().map(latest -> rows.vector(latest.evaluation())).orElse(new TreeMap<>());
    Optional<SubnetState> subnet =
        block.map(view -> SubnetReading.at(view, netuid, mechanism, hotkey, vector));
    return BoardAssembly.of(
        rows,
        evidence,
        subnet,
        new BoardAssembly.Context(
            netuid, mechanism, settings.window().blocks(), hotkey, now, List.copyOf(all)));
  }

  private static TableRows rows(AssayConfiguration settings) {
    String location = settings.paths().warehouse();
    // Opening makes a folder that is not there, which for a reader is a wrong path.
    if (!location.contains(":") && !Files.isDirectory(Path.of(location))) {
      throw new ConfigurationException(
          "paths.warehouse is %s, and there is no such folder; evaluate first, or correct the path"
              .formatted(location));
    }
    try (Warehouse warehouse = Warehouse.open(settings.warehouse(), new Configuration())) {
      return TableRows.read(warehouse, settings.chain().mechanism(), settings.window().blocks());
    } catch (NotFoundException | RuntimeIOException lost) {
      throw new IllegalStateException(
          "the tables in %s are incomplete, as after a copy that was interrupted: %s; copy them again"
              .formatted(location, lost.getMessage()),
          lost);
    }
  }

  /** A bundle can be gone or damaged; what else is known is shown all the same. */
  private static Optional<BundleEvidence> evidence(
      AssayConfiguration settings, EvaluationRow latest, List<String> notes) {
    BundleFolder folder = Bundles.of(settings).bundle(latest.evaluation());
    try {
      if (folder.exists()) {
        return Optional.of(BundleEvidence.of(folder));
      }
      notes.add(
          "The bundle of the latest evaluation is not there, so reasons, bounds and samples are"
              + " left out.");
    } catch (IllegalArgumentException damaged) {
      notes.add(
          "The bundle of the latest evaluation can't be read, so reasons, bounds and samples are"
              + " left out: "
              + damaged.getMessage());
    }
    return Optional.empty();
  }
}

package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Files in a table's folders that nothing in the table refers to: what writers have left that were
 * killed. Files are known by their names, which are unique, so that a table which has moved loses
 * nothing.
 */
final class Orphans {
  /** A commit that is under way is younger. */
  private static final Duration OLD = Duration.ofDays(1);

  private final Table table;
  private final String place;

  /**
   * @param place where the table's folders are, which need not be where Iceberg has recorded them
   */
  Orphans(Table table, String place) {
    this.table = table;
    this.place = place;
  }

  /** Removes those that are a day old, and says how many these were. */
  int remove(Instant now) {
    try {
      Set<String> used = used();
      int removed = 0;
      for (String folder : new String[] {"data", "metadata"}) {
        Path listed = new Path(place, folder);
        FileSystem files = listed.getFileSystem(configuration());
        if (!files.exists(listed)) {
          continue;
        }
        for (FileStatus file : files.listStatus(listed)) {
          if (file.isFile() && isOrphan(file, used, now)) {
            files.delete(file.getPath(), false);
            removed++;
          }
        }
      }
      return removed;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(place + " cannot be listed", unreadable);
    }
  }

  private Configuration configuration() {
    return table.io() instanceof HadoopConfigurable hadoop ? hadoop.getConf() : new Configuration();
  }

  private static boolean isOrphan(FileStatus file, Set<String> used, Instant now) {
    String name = file.getPath().getName();
    boolean old = file.getModificationTime() < now.minus(OLD).toEpochMilli();
    return old && !name.equals("version-hint.text") && !used.contains(name);
  }

  private Set<String> used() throws IOException {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    Set<String> used = new HashSet<>();
    used.add(name(metadata.metadataFileLocation()));
    metadata.previousFiles().forEach(log -> used.add(name(log.file())));
    metadata.statisticsFiles().forEach(statistics -> used.add(name(statistics.path())));
    for (Snapshot snapshot : table.snapshots()) {
      used.add(name(snapshot.manifestListLocation()));
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (used.add(name(manifest.path()))) {
          addFiles(manifest, used);
        }
      }
    }
    return used;
  }

  private void addFiles(ManifestFile manifest, Set<String> used) throws IOException {
    try (CloseableIterable<String> paths =
        ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
      paths.forEach(path -> used.add(name(path)));
    }
  }

  private static String name(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }
}

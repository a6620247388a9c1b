package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Set<String> read = new HashSet<>();

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
      Map<Path, String> old = old(now);
      TableMetadata metadata = ((HasTableOperations) table).operations().current();
      old.values().removeAll(named(metadata));
      // What the newest snapshot uses is nearly all that is old: others need not be read then.
      for (Snapshot snapshot : newestFirst()) {
        if (old.isEmpty()) {
          return 0;
        }
        old.values().removeAll(used(snapshot));
      }
      for (Path orphan : old.keySet()) {
        orphan.getFileSystem(configuration()).delete(orphan, false);
      }
      return old.size();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(place + " cannot be listed", unreadable);
    }
  }

  /** Names of files that are a day old, by where they are. */
  private Map<Path, String> old(Instant now) throws IOException {
    long young = now.minus(OLD).toEpochMilli();
    Map<Path, String> old = new HashMap<>();
    for (String folder : new String[] {"data", "metadata"}) {
      Path listed = new Path(place, folder);
      FileSystem files = listed.getFileSystem(configuration());
      if (!files.exists(listed)) {
        continue;
      }
      for (FileStatus file : files.listStatus(listed)) {
        String name = file.getPath().getName();
        if (file.isFile()
            && file.getModificationTime() < young
            && !name.equals("version-hint.text")) {
          old.put(file.getPath(), name);
        }
      }
    }
    return old;
  }

  private Configuration configuration() {
    return table.io() instanceof HadoopConfigurable hadoop ? hadoop.getConf() : new Configuration();
  }

  private static Set<String> named(TableMetadata metadata) {
    Set<String> named = new HashSet<>();
    named.add(name(metadata.metadataFileLocation()));
    metadata.previousFiles().forEach(log -> named.add(name(log.file())));
    metadata.statisticsFiles().forEach(statistics -> named.add(name(statistics.path())));
    return named;
  }

  private List<Snapshot> newestFirst() {
    List<Snapshot> snapshots = new ArrayList<>();
    table.snapshots().forEach(snapshots::add);
    Collections.reverse(snapshots);
    return snapshots;
  }

  /** All that a snapshot refers to, but for manifests that were read for another one. */
  private Set<String> used(Snapshot snapshot) throws IOException {
    Set<String> used = new HashSet<>();
    used.add(name(snapshot.manifestListLocation()));
    for (ManifestFile manifest : snapshot.allManifests(table.io())) {
      if (read.add(manifest.path())) {
        used.add(name(manifest.path()));
        addFiles(manifest, used);
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

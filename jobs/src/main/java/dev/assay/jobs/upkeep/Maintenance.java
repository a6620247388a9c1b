package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Keeps a table small however many commits it has seen: small files become few, old snapshots go,
 * and so does what killed writers have left. No row changes.
 */
public final class Maintenance {
  /** Fewer small files are left as they are: a commit costs more than they do. */
  private static final int MOST_SMALL_FILES = 16;

  /** Below it a file is small. */
  private static final long SMALL_BYTES = 32L << 20;

  /** Which readers may still be at, and an operator may want to look at. */
  private static final int KEPT_SNAPSHOTS = 20;

  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Table table;
  private final String name;
  private final String place;

  /**
   * The upkeep of one table.
   *
   * @param name of the table in the warehouse
   * @param place where the table's folders are
   */
  public Maintenance(Table table, String name, String place) {
    this.table = table;
    this.name = name;
    this.place = place;
  }

  /**
   * Does what is due.
   *
   * @param now by which snapshots and leftovers are old
   */
  public TableUpkeep run(Instant now) {
    List<DataFile> files = files();
    int snapshots = snapshots();
    int merged = compact(files);
    expire(now);
    int orphans = new Orphans(table, place).remove(now);
    return new TableUpkeep(
        name,
        files.size(),
        files.size() - merged,
        snapshots,
        snapshots(),
        orphans,
        metadataBytes());
  }

  /** Those from which no rows are deleted by another file; Assay itself writes no such files. */
  private List<DataFile> files() {
    table.refresh();
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.deletes().isEmpty()) {
          files.add(task.file());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(table.location() + " cannot be read", unreadable);
    }
    return files;
  }

  private int snapshots() {
    int count = 0;
    for (Snapshot ignored : table.snapshots()) {
      count++;
    }
    return count;
  }

  /** Returns how many files fewer there are. */
  private int compact(List<DataFile> files) {
    Snapshot base = table.currentSnapshot();
    List<DataFile> small =
        files.stream().filter(file -> file.fileSizeInBytes() < SMALL_BYTES).toList();
    if (small.size() <= MOST_SMALL_FILES) {
      return 0;
    }
    int fewer = 0;
    for (List<DataFile> group : groups(ofLikeSize(small))) {
      RewriteFiles merging = table.newRewrite().validateFromSnapshot(base.snapshotId());
      group.forEach(merging::deleteFile);
      merging.addFile(Together.write(table, group));
      merging.commit();
      base = table.currentSnapshot();
      fewer += group.size() - 1;
    }
    return fewer;
  }

  /**
   * Without those that are larger than all smaller ones together: merging these at every turn would
   * write the same rows again and again. As it is, a row's file at least doubles each time.
   */
  private static List<DataFile> ofLikeSize(List<DataFile> small) {
    List<DataFile> bySize = new ArrayList<>(small);
    bySize.sort(Comparator.comparingLong(DataFile::fileSizeInBytes));
    int merged = 1;
    long smaller = 0;
    for (int i = 0; i < bySize.size(); i++) {
      if (bySize.get(i).fileSizeInBytes() <= smaller) {
        merged = i + 1;
      }
      smaller += bySize.get(i).fileSizeInBytes();
    }
    return bySize.subList(0, merged);
  }

  /** In the order in which they were written, so that files of one time stay together. */
  private static List<List<DataFile>> groups(List<DataFile> small) {
    List<DataFile> ordered = new ArrayList<>(small);
    ordered.sort(
        Comparator.comparing(
            (DataFile file) -> file.fileSequenceNumber() == null ? 0L : file.fileSequenceNumber()));
    List<List<DataFile>> groups = new ArrayList<>();
    long bytes = Long.MAX_VALUE;
    for (DataFile file : ordered) {
      if (bytes + file.fileSizeInBytes() > 2 * SMALL_BYTES || bytes == Long.MAX_VALUE) {
        groups.add(new ArrayList<>());
        bytes = 0;
      }
      groups.get(groups.size() - 1).add(file);
      bytes += file.fileSizeInBytes();
    }
    groups.removeIf(group -> group.size() < 2);
    return groups;
  }

  private void expire(Instant now) {
    table
        .expireSnapshots()
        .expireOlderThan(now.minus(KEPT).toEpochMilli())
        .retainLast(KEPT_SNAPSHOTS)
        .commit();
    table.refresh();
  }

  private long metadataBytes() {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    return table.io().newInputFile(metadata.metadataFileLocation()).getLength();
  }
}

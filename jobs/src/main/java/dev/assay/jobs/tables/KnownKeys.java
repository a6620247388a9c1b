package dev.assay.jobs.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;

/**
 * The keys that a table holds, as of one of its snapshots, so that a commit need not read again
 * what the one before has written. Another writer's commit makes it read anew.
 */
final class KnownKeys {
  /** As many as Iceberg's own pruning compares one by one; of more, all keys are read. */
  static final int MOST_SCOPES = 200;

  /** Some hundred bytes each. */
  private static final int MOST_KEYS = 200_000;

  private final Set<List<Object>> keys = new HashSet<>();
  private final Set<Object> scopes = new HashSet<>();
  private boolean all;
  private long snapshot = -1;

  /**
   * The keys of the wanted scopes, and maybe more.
   *
   * @param now what the table is at
   * @param wanted values of the column by which keys are found
   * @param reader reads the keys of scopes, and of more than {@link #MOST_SCOPES} all there are
   */
  Set<List<Object>> at(
      Snapshot now, Set<Object> wanted, Function<Set<Object>, Set<List<Object>>> reader) {
    if (id(now) != snapshot || keys.size() > MOST_KEYS) {
      forget();
      snapshot = id(now);
    }
    if (all) {
      return keys;
    }
    Set<Object> missing = new HashSet<>(wanted);
    missing.removeAll(scopes);
    if (now == null) {
      all = true;
    } else if (!missing.isEmpty()) {
      keys.addAll(reader.apply(missing));
      scopes.addAll(missing);
      all = missing.size() > MOST_SCOPES;
    }
    return keys;
  }

  /** After a commit of our own, whose keys are the only ones that came. */
  void added(Snapshot now, Set<List<Object>> fresh) {
    keys.addAll(fresh);
    snapshot = id(now);
  }

  /** After anything that leaves in doubt what the table holds. */
  void forget() {
    keys.clear();
    scopes.clear();
    all = false;
    snapshot = -1;
  }

  private static long id(Snapshot snapshot) {
    return snapshot == null ? 0 : snapshot.snapshotId();
  }
}

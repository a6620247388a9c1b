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
  /** Some hundred bytes each. */
  private static final int MOST_KEYS = 200_000;

  private final Set<List<Object>> keys = new HashSet<>();
  private final Set<Object> scopes = new HashSet<>();
  private long snapshot = -1;

  /**
   * The keys of the wanted scopes, and maybe more.
   *
   * @param now what the table is at
   * @param wanted values of the column by which keys are found
   * @param reader reads the keys of scopes
   */
  Set<List<Object>> at(
      Snapshot now, Set<Object> wanted, Function<Set<Object>, Set<List<Object>>> reader) {
    if (id(now) != snapshot || keys.size() > MOST_KEYS) {
      forget();
      snapshot = id(now);
    }
    Set<Object> missing = new HashSet<>(wanted);
    missing.removeAll(scopes);
    if (!missing.isEmpty()) {
      keys.addAll(now == null ? Set.of() : reader.apply(missing));
      scopes.addAll(missing);
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
    snapshot = -1;
  }

  private static long id(Snapshot snapshot) {
    return snapshot == null ? 0 : snapshot.snapshotId();
  }
}

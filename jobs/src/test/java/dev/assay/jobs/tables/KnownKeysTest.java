package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private final KnownKeys known = new KnownKeys();
  private final Set<List<Object>> table = new HashSet<>();
  private int reads;

  private static Snapshot snapshot(long id) {
    return (Snapshot)
        Proxy.newProxyInstance(
            Snapshot.class.getClassLoader(),
            new Class<?>[] {Snapshot.class},
            (proxy, method, arguments) -> id);
  }

  private static Set<Object> ids(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "id" + i).collect(Collectors.toSet());
  }

  /** A commit of ids, as a table makes it. */
  private void commit(long before, Set<Object> ids) {
    Set<List<Object>> there =
        known.at(
            before == 0 ? null : snapshot(before),
            ids,
            missing -> {
              reads++;
              return Set.copyOf(table);
            });
    Set<List<Object>> fresh = ids.stream().map(List::of).collect(Collectors.toSet());
    fresh.removeAll(there);
    table.addAll(fresh);
    known.added(snapshot(before + 1), fresh);
  }

  @Test
  void ofMoreScopesThanAreComparedOneByOneAllKeysAreReadOnce() {
    table.add(List.of("id5"));
    for (int commit = 1; commit <= 4; commit++) {
      commit(commit, ids(1_000 * commit, 500));
    }

    assertThat(reads).isEqualTo(1);
    assertThat(table).hasSize(2_001);
  }

  @Test
  void anEmptyTableIsNotRead() {
    commit(0, ids(0, 3));
    commit(1, ids(10, 500));

    assertThat(reads).isZero();
  }

  @Test
  void fewScopesAreReadEachTimeTheyAreNew() {
    table.add(List.of("id5"));
    commit(1, ids(0, 3));
    commit(2, ids(0, 3));
    commit(3, ids(10, 3));

    assertThat(reads).isEqualTo(2);
  }

  @Test
  void anotherWritersSnapshotIsReadAnew() {
    table.add(List.of("id5"));
    commit(1, ids(0, 500));
    commit(7, ids(1_000, 500));

    assertThat(reads).isEqualTo(2);
  }
}

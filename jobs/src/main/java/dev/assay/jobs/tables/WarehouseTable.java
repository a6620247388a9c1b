package dev.assay.jobs.tables;

import dev.assay.jobs.upkeep.DataFiles;
import dev.assay.jobs.upkeep.TableTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** One table of the warehouse. */
public final class WarehouseTable<R extends java.lang.Record> {
  private static final int MOST_COMMITS = 5;

  private final TableDefinition<R> definition;
  private final RowMapping<R> mapping;
  private final Table table;
  private final WriterLock lock;
  private final KnownKeys known = new KnownKeys();

  WarehouseTable(TableDefinition<R> definition, Table table, WriterLock lock) {
    this.definition = definition;
    this.mapping = new RowMapping<>(definition.rowType());
    this.table = table;
    this.lock = lock;
  }

  /**
   * Appends the rows whose keys aren't there yet, all of them or none, durably. What passes by
   * itself is tried again, for 20 s.
   *
   * @return how many were appended
   */
  public int append(Collection<R> rows) {
    Map<List<Object>, Record> byKey = new LinkedHashMap<>();
    for (R row : rows) {
      Record record = mapping.toIceberg(row);
      byKey.putIfAbsent(key(record), record);
    }
    return byKey.isEmpty() ? 0 : lock.commit(() -> commit(byKey));
  }

  /**
   * A commit that lost a race against another writer, or of which it is unknown whether it was
   * made, looks again at what is there.
   */
  private int commit(Map<List<Object>, Record> byKey) {
    Set<Object> scopes = scopes(byKey.values());
    int unsure = 0;
    for (int attempt = 1; ; attempt++) {
      prepare();
      Snapshot base = table.currentSnapshot();
      Set<List<Object>> there = known.at(base, scopes, this::keys);
      Map<List<Object>, Record> fresh = new LinkedHashMap<>(byKey);
      fresh.keySet().removeAll(there);
      if (fresh.isEmpty()) {
        return unsure;
      }
      DataFile file = write(List.copyOf(fresh.values()));
      try {
        add(file, scope(scopes), base);
        remember(base, fresh.keySet());
        return fresh.size();
      } catch (ValidationException raced) {
        table.io().deleteFile(file.location());
        again(raced, attempt);
      } catch (CommitStateUnknownException doubtful) {
        unsure = fresh.size();
        again(doubtful, attempt);
      } catch (RuntimeException failed) {
        known.forget();
        throw failed;
      }
    }
  }

  private void add(DataFile file, Expression scope, Snapshot base) {
    OverwriteFiles commit =
        table
            .newOverwrite()
            .addFile(file)
            .conflictDetectionFilter(scope)
            .validateNoConflictingData();
    if (base != null) {
      commit.validateFromSnapshot(base.snapshotId());
    }
    commit.commit();
  }

  private void again(RuntimeException why, int attempt) {
    known.forget();
    if (attempt == MOST_COMMITS) {
      throw why;
    }
  }

  /** Of the snapshot that our commit has made, if nothing has come between. */
  private void remember(Snapshot base, Set<List<Object>> fresh) {
    Snapshot now = table.currentSnapshot();
    Long parent = base == null ? null : Long.valueOf(base.snapshotId());
    if (Objects.equals(now.parentId(), parent)) {
      known.added(now, fresh);
    } else {
      known.forget();
    }
  }

  /** All rows. */
  public List<R> rows() {
    return rows(Expressions.alwaysTrue());
  }

  /** The rows that a filter over columns lets pass, as of now. */
  public List<R> rows(Expression filter) {
    List<R> rows = new ArrayList<>();
    forEach(filter, rows::add);
    return rows;
  }

  /** Hands over the rows that a filter lets pass, as of now, one at a time and in any order. */
  public void forEach(Expression filter, Consumer<R> reader) {
    table.refresh();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).where(filter).build()) {
      for (Record record : records) {
        reader.accept(mapping.fromIceberg(record));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(definition.name() + " cannot be read", unreadable);
    }
  }

  /**
   * Some columns of the rows that a filter lets pass, as of now; the others are not read.
   *
   * @param columns a public record whose components are named as the row's are
   */
  public <C extends java.lang.Record> List<C> rows(Class<C> columns, Expression filter) {
    table.refresh();
    RowMapping<C> some = new RowMapping<>(columns);
    List<String> names =
        RowMapping.schema(columns).columns().stream().map(Types.NestedField::name).toList();
    List<C> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).where(filter).select(names).build()) {
      for (Record record : records) {
        rows.add(some.fromWiderIceberg(record));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(definition.name() + " cannot be read", unreadable);
    }
    return rows;
  }

  /**
   * The different values of a column in the rows that a filter lets pass, as of now; the rest of
   * the rows is not read into memory.
   */
  public <V extends Comparable<V>> NavigableSet<V> values(
      String column, Class<V> type, Expression filter) {
    table.refresh();
    NavigableSet<V> values = new TreeSet<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).where(filter).select(column).build()) {
      for (Record record : records) {
        values.add(type.cast(record.getField(column)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(definition.name() + " cannot be read", unreadable);
    }
    return values;
  }

  /** Takes out the rows that a filter lets pass: what was left of something never completed. */
  public void discard(Expression filter) {
    lock.commit(
        () -> {
          prepare();
          Snapshot base = table.currentSnapshot();
          Removal removal = Removal.of(table, filter);
          if (!removal.isEmpty()) {
            remove(removal, filter, base.snapshotId());
          }
          return null;
        });
  }

  private void remove(Removal removal, Expression filter, long base) {
    OverwriteFiles commit =
        table
            .newOverwrite()
            .validateFromSnapshot(base)
            .conflictDetectionFilter(filter)
            .validateNoConflictingDeletes();
    removal.files().forEach(commit::deleteFile);
    if (!removal.kept().isEmpty()) {
      commit.addFile(write(removal.kept()));
    }
    commit.commit();
  }

  /** Before a commit: what is there now, with times that the next commit can follow. */
  private void prepare() {
    table.refresh();
    TableTimes.bringBack(table, System.currentTimeMillis());
  }

  /** How often the table was committed to. */
  public int commits() {
    table.refresh();
    int count = 0;
    for (Snapshot ignored : table.snapshots()) {
      count++;
    }
    return count;
  }

  private Set<Object> scopes(Collection<Record> records) {
    Set<Object> values = new HashSet<>();
    records.forEach(record -> values.add(record.getField(definition.scope())));
    return values;
  }

  /** A filter that misses no row of one of these scopes. */
  private Expression scope(Set<Object> values) {
    return values.size() <= KnownKeys.MOST_SCOPES
        ? Expressions.in(definition.scope(), values)
        : Expressions.alwaysTrue();
  }

  private Set<List<Object>> keys(Set<Object> scopes) {
    Set<List<Object>> keys = new HashSet<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table)
            .where(scope(scopes))
            .select(definition.key().toArray(String[]::new))
            .build()) {
      for (Record record : records) {
        keys.add(key(record));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(definition.name() + " cannot be read", unreadable);
    }
    return keys;
  }

  private List<Object> key(Record record) {
    return definition.key().stream().map(record::getField).toList();
  }

  private DataFile write(List<Record> records) {
    return DataFiles.write(table, writer -> records.forEach(writer::write));
  }
}

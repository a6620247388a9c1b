package dev.assay.jobs.work;

import dev.assay.jobs.tables.CheckpointRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What earlier evaluations have found out about published revisions. */
public final class KnownCheckpoints {
  private final Map<List<String>, CheckpointRow> listed = new HashMap<>();
  private final Map<List<String>, CheckpointRow> checked = new HashMap<>();

  private KnownCheckpoints() {}

  /** As the table has them. */
  public static KnownCheckpoints of(List<CheckpointRow> rows) {
    KnownCheckpoints known = new KnownCheckpoints();
    for (CheckpointRow row : rows) {
      known.listed.putIfAbsent(List.of(row.repository(), row.revision()), row);
      known.checked.put(List.of(row.repository(), row.revision(), row.gate()), row);
    }
    return known;
  }

  /** What is known of a revision whatever it was checked against: listing, content and size. */
  public Optional<CheckpointRow> listed(String repository, String revision) {
    return Optional.ofNullable(listed.get(List.of(repository, revision)));
  }

  /** How a unit's content fared against what it is to be checked against now. */
  public Optional<CheckpointRow> checked(ModelUnit unit, String gate) {
    return Optional.ofNullable(
            checked.get(List.of(unit.repository().toString(), unit.revision(), gate)))
        .filter(row -> row.listing().equals(unit.listing()));
  }
}

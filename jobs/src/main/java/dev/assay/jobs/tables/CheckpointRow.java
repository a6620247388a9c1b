package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/**
 * What was found out about one published revision, so that it is neither listed nor read through
 * for this again. A revision is a commit id, so its content never changes.
 */
@Comment("what is known of one published revision, so that nothing is found out twice")
public record CheckpointRow(
    @Comment("namespace/name on the hub") String repository,
    @Comment("commit of the repository, 40 hex digits") String revision,
    @Comment("digest of what it was checked against: the checks' version, the competition's limits")
        String gate,
    @Comment("digest of the names, sizes and content ids that the hub lists") String listing,
    @Comment("hash of the content as the original computes it; commitments name it")
        String directoryHash,
    @Comment("digest of the content, by which losses are stored") String modelDigest,
    @Comment("bytes of its files") long bytes,
    @Comment("ACCEPTED where it passed every check, else the verdict of the check it failed")
        String verdict,
    @Comment("reason of the failed check; null where it passed") Optional<String> reason) {
  public static final TableDefinition<CheckpointRow> TABLE =
      new TableDefinition<>(
          "checkpoints", CheckpointRow.class, List.of("repository", "revision", "gate"));
}

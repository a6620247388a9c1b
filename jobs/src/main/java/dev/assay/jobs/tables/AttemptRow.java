package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one attempt at one model on one executor came to, and what it cost. */
@Comment("what one attempt at one model on one executor came to, and what it cost")
public record AttemptRow(
    @Comment("id of the evaluation, with what was done before its losses, or of a prefetch")
        String evaluation,
    @Comment("namespace/name on the hub") String repository,
    @Comment("commit of the repository") String revision,
    @Comment("when the driver heard of its end") Instant ended,
    @Comment("of the model in this evaluation, from 1") int number,
    @Comment("id of Spark's executor; null if none took it") Optional<String> executor,
    @Comment("host of the executor; null if none took it") Optional<String> host,
    @Comment("cpu, or gpu and its number; null where it did not answer") Optional<String> device,
    @Comment(
            "a verdict, or LOST: its executor died; LATE: past its deadline; SILENT: it told"
                + " losses and then nothing, for a minute or longer; THREW; DECLINED: it was not"
                + " to run there")
        String outcome,
    @Comment("MINER, INFRASTRUCTURE or UNKNOWN; null where nothing speaks against the model")
        Optional<String> blame,
    @Comment("why; empty where nothing speaks against the model") String reason,
    @Comment("from the driver's order to the executor's beginning, in milliseconds") long queuedMs,
    @Comment("to have its files, in milliseconds") long downloadMs,
    @Comment("to load the model, in milliseconds") long loadMs,
    @Comment("to compute its losses, in milliseconds") long runMs,
    @Comment("from the executor's beginning to its end, in milliseconds") long totalMs,
    @Comment("bytes of its checkpoint, downloaded or found on the node") long bytes,
    @Comment("counted tokens of the losses that it computed") long tokens) {
  public static final TableDefinition<AttemptRow> TABLE =
      new TableDefinition<>(
          "attempts", AttemptRow.class, List.of("evaluation", "repository", "revision", "ended"));
}

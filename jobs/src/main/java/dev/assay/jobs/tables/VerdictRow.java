package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/** What became of one model in one evaluation. */
@Comment("what became of one model in one evaluation")
public record VerdictRow(
    @Comment("id of the evaluation") String evaluation,
    @Comment("SS58 address of the miner") String hotkey,
    @Comment("the hotkey's number in the subnet") int uid,
    @Comment("height at which the model was committed") long committedBlock,
    @Comment("height at which the hotkey got its uid") long registeredBlock,
    @Comment("name of the competition; null where the commitment names none")
        Optional<String> competition,
    @Comment("namespace/name on the hub; null where the commitment names none")
        Optional<String> repository,
    @Comment("commit of the repository; null where the commitment names none")
        Optional<String> revision,
    @Comment("digest of the model's content; null where it never came so far")
        Optional<String> modelDigest,
    @Comment("one of a closed list; ACCEPTED models compete") String verdict,
    @Comment("MINER, INFRASTRUCTURE or UNKNOWN; null for an accepted model") Optional<String> blame,
    @Comment("the rule, the value and the limit; empty for an accepted model") String reason,
    @Comment("executors that it was tried on, 0 when none was needed") int attempt,
    @Comment("samples that it has a loss on") int samples,
    @Comment("samples whose loss this evaluation computed; the others were known") int computed,
    @Comment("counted tokens of all its OK samples") long tokens,
    @Comment(
            "mean over its OK samples of their mean loss, in nats per token; null where there is"
                + " none")
        Optional<Double> meanLoss,
    @Comment("bytes of its checkpoint, downloaded or found on the node") long bytes,
    @Comment("time to have them, in milliseconds") long downloadMs,
    @Comment("time to load the model, in milliseconds") long loadMs,
    @Comment("time to compute its losses, in milliseconds") long runMs,
    @Comment("id of Spark's executor; null when none was needed") Optional<String> executor,
    @Comment("cpu, or gpu and its number; null when none was needed") Optional<String> device) {
  public static final TableDefinition<VerdictRow> TABLE =
      new TableDefinition<>("verdicts", VerdictRow.class, List.of("evaluation", "hotkey"));
}

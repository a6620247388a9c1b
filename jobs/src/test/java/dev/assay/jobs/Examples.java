package dev.assay.jobs;

import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.config.CompetitionSettings;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.causal.Precision;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.loss.Batching;
import dev.assay.model.text.EncodedSample;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.CompetitionSchedule;
import dev.assay.score.rules.ComputationBounds;
import dev.assay.score.rules.Policy;
import dev.assay.score.sampling.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Small values for tests: one competition, its candidates and samples, in window 2 of 10 blocks.
 */
public final class Examples {
  public static final Window WINDOW = Window.containing(25, 10);
  public static final long BLOCK = 25;

  /** The directory hash that all example commitments name. */
  public static final String HASH = "A".repeat(43) + "=";

  private Examples() {}

  /** The competition b1 under a policy. */
  public static Competition competition(String policy) {
    return new Competition(
        "b1",
        List.of("llama"),
        0,
        1_000_000,
        1 << 20,
        "byte",
        "plain",
        16,
        3,
        1,
        "f32",
        Optional.empty(),
        ComputationBounds.of(1_000_000),
        Optional.of("base/model@" + "ba".repeat(20)),
        Policy.named(policy));
  }

  /** That competition from the chain's first block. */
  public static CompetitionSettings settings(String policy) {
    return new CompetitionSettings(
        "b1",
        new CompetitionSchedule(
            List.of(new CompetitionSchedule.Phase(0, List.of(competition(policy))))));
  }

  /** A commitment of {@code miners/NAME} to b1. */
  public static CommitmentRow commitment(int uid, String name, long committed) {
    String text =
        new CommittedModel(new RepositoryId("miners", name), "ab".repeat(20), HASH, "b1").text();
    return new CommitmentRow(
        1,
        BLOCK,
        "0x",
        name,
        uid,
        1,
        committed,
        HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
        Optional.of(text),
        Optional.empty());
  }

  /** The candidate that such a commitment makes. */
  public static Candidate candidate(String policy, int uid, String name, long committed) {
    return Candidate.of(commitment(uid, name, committed), settings(policy), WINDOW);
  }

  /** Samples s0, s1 and so on, of two tokens each. */
  public static EncodedSamples samples(int count) {
    List<SampleRow> rows =
        IntStream.range(0, count)
            .mapToObj(
                index ->
                    new SampleRow("s" + index, "", "", "source", 10 + index, Instant.EPOCH, ""))
            .toList();
    return EncodedSamples.of(
        rows,
        rows.stream().map(row -> new EncodedSample(new int[] {1, 2, 3}, 1)).toList(),
        "tokenizer",
        "plain",
        16,
        Precision.F32,
        Batching.SINGLE);
  }
}

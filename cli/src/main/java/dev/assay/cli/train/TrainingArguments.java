package dev.assay.cli.train;

import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.model.causal.Precision;
import dev.assay.model.train.Adapters;
import dev.assay.model.train.BatchSize;
import dev.assay.model.train.LearningRate;
import dev.assay.model.train.Schedule;
import dev.assay.model.train.TrainingOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How training goes about it: batches, rates, adapters. */
final class TrainingArguments {
  private static final double WHOLE_RATE = 2e-5;
  private static final double ADAPTER_RATE = 2e-4;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Optimiser steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--batch-tokens",
      paramLabel = "N",
      defaultValue = "2048",
      description =
          "Tokens of one pass, padding included; a longer sample is a pass by itself (default:"
              + " ${DEFAULT-VALUE}).")
  private int batchTokens;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      defaultValue = "1",
      description = "Passes of one step (default: ${DEFAULT-VALUE}).")
  private int accumulation;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "AdamW's highest rate (default: 2e-5, with --lora-rank 2e-4).")
  private Double rate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      defaultValue = "cosine",
      description =
          "How the rate falls after the warm-up: constant, linear or cosine (default:"
              + " ${DEFAULT-VALUE}).")
  private Schedule schedule;

  @Option(
      names = "--final-share",
      paramLabel = "X",
      defaultValue = "0",
      description = "Share of the highest rate at the end (default: ${DEFAULT-VALUE}).")
  private double finalShare;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Steps over which the rate rises from 0 (default: a twentieth of the steps).")
  private Integer warmup;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "AdamW's decay of matrices (default: ${DEFAULT-VALUE}).")
  private double decay;

  @Option(
      names = "--largest-norm",
      paramLabel = "X",
      defaultValue = "1",
      description = "Gradients are scaled down to this norm; 0: never (default: ${DEFAULT-VALUE}).")
  private double largestNorm;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Train low-rank adapters of this rank instead of all weights.")
  private Integer rank;

  @Option(
      names = "--lora-alpha",
      paramLabel = "X",
      description = "Over the rank, the adapters' weight (default: twice the rank).")
  private Double alpha;

  @Option(
      names = "--lora-targets",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Which weights of a layer have adapters: query, key, value, output, gate, up, down"
              + " (default: all).")
  private List<String> targets = Adapters.TARGETS;

  @Option(
      names = "--recompute",
      description =
          "Compute each layer again in the backward pass (gradient checkpointing): less memory, a"
              + " third more time, the same bits.")
  private boolean recomputed;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description =
          "f32, or bf16: products and the result's weights are bf16, what is trained stays f32"
              + " until it is written (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the order of samples, and how adapters begin.")
  private long seed;

  TrainingOptions options(int threads) {
    Ranges.within("--steps", steps, 1, 100_000_000);
    Ranges.atLeast("--batch-tokens", batchTokens, 1);
    Ranges.within("--accumulate", accumulation, 1, 1 << 20);
    Ranges.within("--warm-up", warmup, 0, steps);
    requireShare("--final-share", finalShare);
    requireShare("--weight-decay", decay);
    if (!(largestNorm >= 0 && Double.isFinite(largestNorm))) {
      throw new UsageException("--largest-norm is " + largestNorm + "; at least 0");
    }
    return new TrainingOptions(
        steps,
        BatchSize.ofTokens(batchTokens, accumulation),
        rate(),
        decay,
        largestNorm,
        seed,
        threads,
        recomputed,
        precision);
  }

  private LearningRate rate() {
    double usual = rank == null ? WHOLE_RATE : ADAPTER_RATE;
    try {
      return new LearningRate(
          rate == null ? usual : rate, schedule, finalShare, warmup == null ? steps / 20 : warmup);
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("--learning-rate: " + unfit.getMessage(), unfit);
    }
  }

  private static void requireShare(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new UsageException(option + " is " + value + "; from 0 to 1");
    }
  }

  Optional<Adapters> adapters() {
    if (rank == null) {
      if (alpha != null || !targets.equals(Adapters.TARGETS)) {
        throw new UsageException("--lora-alpha and --lora-targets need --lora-rank");
      }
      return Optional.empty();
    }
    Ranges.within("--lora-rank", rank, 1, 1 << 14);
    try {
      return Optional.of(new Adapters(rank, alpha == null ? 2.0 * rank : alpha, targets));
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("--lora-targets: " + unfit.getMessage(), unfit);
    }
  }

  /** Steps from one evaluation to the next, unless told. */
  int tenth() {
    return Math.max(1, steps / 10);
  }
}

package dev.assay.jobs.losses;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.EvaluationSettings;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How losses are computed.
 *
 * @param tokenizer byte, a folder or a repository of the hub; the first model's own where empty
 * @param template by which prompt and response become one text; needed for text
 * @param precision of the computation
 * @param maxTokens after which a sample is cut
 * @param hub where models come from that are no folders
 * @param store of each node for what comes from the hub
 * @param threads of one operation on the CPU
 * @param deadline of one model, download included
 * @param gpusPerTask asked of Spark; 0 for the CPU
 * @param warehouse whose table losses is read and added to; none where empty
 */
public record LossSettings(
    Optional<String> tokenizer,
    Optional<String> template,
    Precision precision,
    int maxTokens,
    HubAccess hub,
    NodeStore store,
    int threads,
    Duration deadline,
    double gpusPerTask,
    Optional<String> warehouse) {
  private static final List<String> KEYS =
      List.of(
          "tokenizer",
          "template",
          "dtype",
          "max_tokens",
          "hub",
          "cache",
          "threads",
          "deadline_seconds",
          "gpus_per_task",
          "warehouse");

  private static final int USUAL_TOKENS = 2_048;

  /** What a configuration says, in f32 and up to 2048 tokens, without tokenizer and template. */
  public static LossSettings of(AssayConfiguration configuration) {
    EvaluationSettings evaluation = configuration.evaluation();
    return new LossSettings(
        Optional.empty(),
        Optional.empty(),
        Precision.F32,
        USUAL_TOKENS,
        HubAccess.of(configuration.hub()),
        NodeStore.of(evaluation),
        evaluation.threads(),
        evaluation.deadline(),
        evaluation.gpusPerTask(),
        Optional.empty());
  }

  /**
   * Options by their names, as {@code docs/causal-losses.md} lists them; the others are as without
   * a configuration.
   *
   * @throws IllegalArgumentException naming an option that isn't known, or has no such value
   */
  static LossSettings of(Map<String, String> options) {
    options.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(
                  "the option " + key + " is not known; there are " + String.join(", ", KEYS));
            });
    LossSettings usual = of(AssayConfiguration.defaults());
    Map<String, String> given = new TreeMap<>(options);
    return new LossSettings(
        Optional.ofNullable(given.get("tokenizer")),
        Optional.ofNullable(given.get("template")),
        Precision.named(given.getOrDefault("dtype", usual.precision.text())),
        (int) number(given, "max_tokens", usual.maxTokens, 1, 1 << 20),
        Optional.ofNullable(given.get("hub"))
            .map(
                hub ->
                    new HubAccess(
                        URI.create(hub).toString(), new ArrayList<>(), usual.hub.silence()))
            .orElse(usual.hub),
        new NodeStore(
            Path.of(given.getOrDefault("cache", usual.store.folder())).toAbsolutePath().toString(),
            usual.store.bytes()),
        (int) number(given, "threads", usual.threads, 1, 1_024),
        Duration.ofSeconds(
            (long)
                number(given, "deadline_seconds", (double) usual.deadline.toSeconds(), 1, 1 << 20)),
        number(given, "gpus_per_task", usual.gpusPerTask, 0, 8),
        Optional.ofNullable(given.get("warehouse")));
  }

  /** How samples share a model's forward passes. */
  Batching batching() {
    return gpusPerTask > 0 ? Batching.SORTED : Batching.SINGLE;
  }

  /** With what text samples need. */
  public LossSettings with(
      Optional<String> otherTokenizer,
      Optional<String> otherTemplate,
      Precision otherPrecision,
      int tokens) {
    return new LossSettings(
        otherTokenizer,
        otherTemplate,
        otherPrecision,
        tokens,
        hub,
        store,
        threads,
        deadline,
        gpusPerTask,
        warehouse);
  }

  private static double number(
      Map<String, String> options, String key, double usual, double least, double most) {
    String text = options.get(key);
    if (text == null) {
      return usual;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "the option " + key + " is " + text + ", which is no number", malformed);
    }
    throw new IllegalArgumentException(
        "the option %s is %s; it must be from %.0f to %.0f".formatted(key, text, least, most));
  }
}

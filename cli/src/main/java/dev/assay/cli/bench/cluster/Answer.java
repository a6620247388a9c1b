package dev.assay.cli.bench.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --json} prints: every figure that is promised, null where it was not measured. */
record Answer(Setting setting, List<Figure> figures) {
  /** In the order in which they were promised. */
  static final List<String> PROMISED =
      List.of(
          "overhead_seconds",
          "overhead_per_model_seconds",
          "speedup_two_executors",
          "makespan_ratio_worst",
          "downloads_ratio",
          "downloads_ratio_node_lost",
          "downloads_ratio_real",
          "wins_256x400_ms",
          "rerun_seconds",
          "rerun_spark_jobs",
          "reevaluation_ratio",
          "early_stop_tokens_ratio",
          "early_stop_same_winners",
          "metadata_kb_max",
          "commit_p95_ms_file",
          "commit_p95_ms_s3",
          "batch_difference_f32");

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    PROMISED.forEach(key -> fields.put(key, null));
    Map<String, String> notMeasured = new LinkedHashMap<>();
    for (Figure figure : figures) {
      fields.put(figure.key(), figure.value().orElse(null));
      if (figure.value().isEmpty()) {
        notMeasured.put(figure.key(), figure.note());
      }
    }
    fields.put("not_measured", notMeasured);
    fields.put("processors", setting.processors());
    fields.put("load_average", setting.loadAverage());
    fields.put("windows", setting.windows());
    fields.put("fields", setting.fields());
    fields.put("models", setting.models());
    fields.put("evaluations", setting.evaluations());
    fields.put("seed", setting.seed());
    return fields;
  }
}

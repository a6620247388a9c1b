package dev.assay.report.yuma;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.StrictYaml;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.report.EvaluationReports;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Weights by uid, in any unit, from where {@code assay yuma} may take them. */
public final class YumaWeights {
  private YumaWeights() {}

  /** Those in a file: {@code {"3": 0.7, "5": 0.3}}. */
  public static SortedMap<Integer, Double> read(Path file) {
    JsonNode tree = StrictYaml.read(file);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> each = tree.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> field = each.next();
      if (!field.getKey().matches("\\d{1,5}") || !field.getValue().isNumber()) {
        throw new ConfigurationException(
            "%s: %s: %s is not a weight by uid; write {\"3\": 0.7, \"5\": 0.3}"
                .formatted(file, field.getKey(), field.getValue()));
      }
      weights.put(Integer.valueOf(field.getKey()), field.getValue().asDouble());
    }
    if (weights.isEmpty()) {
      throw new ConfigurationException(file + " holds no weights; write {\"3\": 0.7, \"5\": 0.3}");
    }
    return weights;
  }

  /** Those of a completed evaluation. */
  public static SortedMap<Integer, Double> of(AssayConfiguration settings, String evaluation) {
    try (Warehouse warehouse = Warehouse.open(settings.warehouse(), new Configuration())) {
      EvaluationReport report = new EvaluationReports(warehouse).named(evaluation);
      SortedMap<Integer, Double> weights = new TreeMap<>();
      report.vector().forEach(each -> weights.put(each.uid(), (double) each.weight()));
      return weights;
    }
  }
}

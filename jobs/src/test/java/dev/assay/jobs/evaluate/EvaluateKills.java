package dev.assay.jobs.evaluate;

import dev.assay.jobs.KillScenario;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** An evaluation of two models and a copy. */
public final class EvaluateKills implements KillScenario {
  private static final List<String> HOTKEYS = List.of("first", "second", "copy");

  private final HubMiners miners;
  private final List<String> commitments;

  private EvaluateKills(HubMiners miners, List<String> commitments) {
    this.miners = miners;
    this.commitments = commitments;
  }

  /** Publishes the models on a hub of their own. */
  public static EvaluateKills start(Path folder) throws Exception {
    HubMiners miners = HubMiners.start(folder);
    Path first = miners.checkpoint("first", 51, 1);
    return new EvaluateKills(
        miners,
        List.of(
            miners.publish("first", first, "first"),
            miners.publish("second", miners.checkpoint("second", 52, 1), "second"),
            miners.publish("copy", first, "copy")));
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public void prepare(Path folder, int number) throws Exception {
    miners.configuration(folder);
    Files.write(folder.resolve("commitments"), commitments);
  }

  private static AssayConfiguration configuration(Path folder) throws Exception {
    return AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of());
  }

  /** Evaluates; the session ends with the process. */
  public static EvaluationReport run(Path folder) throws Exception {
    SparkSession spark = SparkRuntime.start(configuration(folder), System.getenv());
    List<String> texts = Files.readAllLines(folder.resolve("commitments"));
    List<CommitmentRow> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(HubMiners.commitment(i + 1, HOTKEYS.get(i), 5 + i, texts.get(i)));
    }
    return EvaluationIT.evaluate(
        spark, configuration(folder), EvaluationIT.input(rows.toArray(CommitmentRow[]::new)));
  }

  @Override
  public boolean attempt(Path folder) throws Exception {
    run(folder);
    return true;
  }

  @Override
  public void pass(Path folder) {}

  @Override
  public String outcome(Path folder) throws Exception {
    EvaluationReport report = run(folder);
    BundleFolder bundle = Bundles.of(configuration(folder)).bundle(report.evaluation());
    byte[] result = Files.readAllBytes(Path.of(bundle.address()).resolve("scoring-result.txt"));
    return "rows %s, new %s, models %d, vector %s, bundle damaged %s, differs %s, result %d"
        .formatted(
            rows(configuration(folder)),
            report.isNew(),
            report.models().hashCode(),
            report.vector(),
            bundle.damaged(),
            bundle.replay().isPresent(),
            Arrays.hashCode(result));
  }

  private static Map<String, Integer> rows(AssayConfiguration configuration) {
    Map<String, Integer> counts = new TreeMap<>();
    try (Warehouse warehouse =
        Warehouse.open(configuration.paths().warehouse(), new Configuration())) {
      for (TableDefinition<?> table : Warehouse.TABLES) {
        counts.put(table.name(), warehouse.table(table).rows().size());
      }
      // What a kill interrupts was attempted: the ledger of costs is not as if it had not been.
      counts.remove(AttemptRow.TABLE.name());
    }
    return counts;
  }

  @Override
  public void close() {
    miners.close();
  }
}

package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.Closing;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What a second executor of one thread adds, while the driver works beside them. */
final class SpeedupFigures {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 256, 704, 2, 8, 4, 512);

  private SpeedupFigures() {}

  static List<Figure> of(Setting setting) throws IOException, InterruptedException {
    // With an odd number one executor would wait for the other's last model.
    int models = setting.models() / 2 * 2;
    try (Closing closing = new Closing()) {
      BenchSubnet subnet =
          closing.add(BenchSubnet.start(setting.folder().resolve("speedup"), setting.seed()));
      subnet.join(models, SHAPE);
      subnet.nextWindow();
      double one = tokensPerSecond(subnet, 1, models, setting);
      double two = tokensPerSecond(subnet, 2, models, setting);
      return List.of(
          Figure.atLeast(
              1.9,
              "speedup_two_executors",
              two / one,
              "of one's tokens a second: %.0f beside %.0f, on %d processors"
                  .formatted(two, one, setting.processors())));
    }
  }

  private static double tokensPerSecond(
      BenchSubnet subnet, int executors, int models, Setting setting)
      throws IOException, InterruptedException {
    AssayConfiguration validator =
        subnet.validator(
            "validator-" + executors,
            tree -> tree.withObject("/spark").put("executors", executors));
    try (BenchSession session = BenchSession.start(validator, executors, setting.console());
        Warehouse warehouse = Warehouse.open(validator.warehouse(), new Configuration())) {
      BenchSession.accepted(models, session.evaluate());
      return tokensPerSecond(warehouse.table(AttemptRow.TABLE).rows());
    }
  }

  /** From the first model's beginning to the last one's end. */
  static double tokensPerSecond(List<AttemptRow> attempts) {
    long first =
        attempts.stream()
            .mapToLong(attempt -> attempt.ended().toEpochMilli() - attempt.totalMs())
            .min()
            .orElseThrow();
    long last =
        attempts.stream().mapToLong(attempt -> attempt.ended().toEpochMilli()).max().orElseThrow();
    return attempts.stream().mapToLong(AttemptRow::tokens).sum() / ((last - first) / 1e3);
  }
}

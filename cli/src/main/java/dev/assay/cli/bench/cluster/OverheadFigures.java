package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.Closing;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.miner.FineTuning;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * What an evaluation on one executor takes longer than a plain JVM which downloads, checks and
 * judges the same models on the same samples: measured with few models and with more, so that what
 * each model costs is told apart from what each evaluation costs.
 */
final class OverheadFigures {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 128, 352, 4, 4, 2, 512);
  private static final int FEW = 2;
  private static final int MORE = 12;

  private OverheadFigures() {}

  static List<Figure> of(Setting setting) throws IOException, InterruptedException {
    Beside few = beside(setting, FEW);
    Beside more = beside(setting, MORE);
    double model = (more.overhead() - few.overhead()) / (MORE - FEW);
    String note = "%d models: %.1f s, in a plain JVM %.1f s";
    return List.of(
        Figure.atMost(
            3,
            "overhead_seconds",
            few.overhead() - FEW * model,
            note.formatted(FEW, few.spark(), few.plain())),
        Figure.atMost(
            0.2,
            "overhead_per_model_seconds",
            model,
            note.formatted(MORE, more.spark(), more.plain())));
  }

  private record Beside(double spark, double plain) {
    double overhead() {
      return spark - plain;
    }
  }

  private static Beside beside(Setting setting, int models)
      throws IOException, InterruptedException {
    try (Closing closing = new Closing()) {
      Path folder = setting.folder().resolve("overhead-" + models);
      BenchSubnet subnet = closing.add(BenchSubnet.start(folder, setting.seed()));
      subnet.join(models, SHAPE);
      subnet.nextWindow();
      AssayConfiguration validator = subnet.validator("validator", tree -> {});
      double spark;
      try (BenchSession session = BenchSession.start(validator, 1, setting.console())) {
        spark = BenchSession.accepted(models, session.evaluate()).seconds();
      }
      setting.console().move("a plain JVM does the same work");
      double plain =
          PlainProcess.seconds(
              subnet.address(), subnet.models(), samples(subnet, validator), folder);
      return new Beside(spark, plain);
    }
  }

  /** Those that the evaluation has drawn, encoded in the same way. */
  private static List<EncodedSample> samples(BenchSubnet subnet, AssayConfiguration validator)
      throws IOException {
    try (Warehouse warehouse = Warehouse.open(validator.warehouse(), new Configuration())) {
      Set<String> drawn =
          warehouse.table(LossRow.TABLE).rows().stream()
              .map(LossRow::sampleId)
              .collect(Collectors.toSet());
      return new FineTuning(subnet.tokenizer())
          .encoded(
              warehouse.table(SampleRow.TABLE).rows().stream()
                  .filter(row -> drawn.contains(row.sampleId()))
                  .map(row -> new FineTuning.Text(row.prompt(), row.response()))
                  .toList(),
              ChatTemplate.PLAIN,
              SHAPE.maxPositions());
    } catch (RejectedCheckpointException impossible) {
      throw new IllegalStateException("a tokenizer of our own is none", impossible);
    }
  }
}

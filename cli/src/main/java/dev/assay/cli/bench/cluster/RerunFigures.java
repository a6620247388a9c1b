package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.Closing;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.util.List;

/**
 * What a window costs that is evaluated again, at later blocks: once with a model that was not
 * there before, and once with nothing new.
 */
final class RerunFigures {
  /** 2.4 million parameters, which take seconds on one core. */
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 256, 704, 3, 8, 4, 512);

  private RerunFigures() {}

  static List<Figure> of(Setting setting) throws IOException, InterruptedException {
    int models = setting.models();
    try (Closing closing = new Closing()) {
      BenchSubnet subnet =
          closing.add(BenchSubnet.start(setting.folder().resolve("rerun"), setting.seed()));
      subnet.join(models - 1, SHAPE);
      subnet.joinUnseen(SHAPE);
      subnet.nextWindow();
      AssayConfiguration validator = subnet.validator("validator", tree -> {});
      BenchSession session = closing.add(BenchSession.start(validator, 1, setting.console()));
      BenchSession.Evaluated first = BenchSession.accepted(models - 1, session.evaluate());
      subnet.show();
      subnet.nextBlock();
      BenchSession.Evaluated joined = BenchSession.accepted(models, session.again());
      subnet.nextBlock();
      BenchSession.Evaluated again = BenchSession.accepted(models, session.again());
      return List.of(
          Figure.atMost(
              3,
              "rerun_seconds",
              again.seconds(),
              "a complete window of %d models at a later block".formatted(models)),
          Figure.atMost(0, "rerun_spark_jobs", again.jobs(), "of that"),
          Figure.atMost(
              0.08,
              "reevaluation_ratio",
              joined.seconds() / first.seconds(),
              "one late model of %d: %.1f s, of the first run's"
                  .formatted(models, joined.seconds())),
          Figure.of(
              "first_run_seconds", first.seconds(), "on one core; what is promised is of 60 s"));
    }
  }
}

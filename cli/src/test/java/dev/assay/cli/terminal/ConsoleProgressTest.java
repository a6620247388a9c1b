package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();
  private final ConsoleProgress progress =
      new ConsoleProgress(
          new Console(new PrintStream(shown, true, StandardCharsets.UTF_8), false), now::get);

  @Test
  void anEvaluationSaysHowManyModelsAreDoneAndHowMuchTimeIsLeft() {
    progress.stage("losses", "7 models on 200 samples");
    now.addAndGet(TimeUnit.SECONDS.toNanos(90));
    progress.models(3, 7);

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("model 3 of 7 done, about 2 min left");
  }

  @Test
  void theLastModelLeavesNoTime() {
    progress.models(7, 7);

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("model 7 of 7 done")
        .doesNotContain("left");
  }
}

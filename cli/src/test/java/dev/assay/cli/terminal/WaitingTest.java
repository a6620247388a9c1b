package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(shown, true, StandardCharsets.UTF_8), false);

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private String untilShown() throws InterruptedException {
    while (shown().isEmpty()) {
      Thread.sleep(5);
    }
    return "done";
  }

  @Test
  void aStepThatTakesLongIsShownWhileItGoesOnAndAtItsEnd() throws Exception {
    assertThat(Waiting.ifLong("reading tables", console, 0, this::untilShown)).isEqualTo("done");

    assertThat(shown().lines()).first().asString().startsWith("  reading tables, ");
    assertThat(shown().lines()).last().asString().matches("  reading tables: \\d+ s");
  }

  @Test
  void ofAShortStepNothingIsSaid() throws Exception {
    assertThat(Waiting.ifLong("reading tables", console, 3600, () -> 7)).isEqualTo(7);

    assertThat(shown()).isEmpty();
  }

  @Test
  void whatAStepThrowsIsThrown() {
    IOException full = new IOException("disk full");

    assertThatThrownBy(
            () ->
                Waiting.ifLong(
                    "reading tables",
                    console,
                    () -> {
                      throw full;
                    }))
        .isSameAs(full);
  }
}

package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFileGetsTheFirstMoveAsALineAndNoControlCharacters() {
    Console console = console(false);
    console.move("10 of 200 samples");
    console.move("11 of 200 samples");
    console.line("done");

    assertThat(shown()).isEqualTo(String.format("  10 of 200 samples%n  done%n"));
  }

  @Test
  void aTerminalsMovingLineIsErasedBeforeTheNextLine() {
    Console console = console(true);
    console.move("10 of 200 samples");
    console.line("done");

    assertThat(shown()).isEqualTo(String.format("\r\u001b[K  10 of 200 samples\r\u001b[K  done%n"));
  }

  @Test
  void textOfMinersCannotControlTheTerminal() {
    console(true).line("name\u001b[2J");

    assertThat(shown()).isEqualTo(String.format("  name?[2J%n"));
  }
}

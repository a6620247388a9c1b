package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongConfigurationTest {
  @Test
  void everyFaultOfAConfigurationIsToldInALineOfItsOwn(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"), "hub: {silence: 30, endpont: x}\nwindow: {blocks: 0}\n");
    StringWriter said = new StringWriter();

    int code =
        Main.commandLine()
            .setErr(new PrintWriter(said, true))
            .execute("evaluate", "--config", file.toString());

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString().lines())
        .containsExactly(
            "assay: "
                + file
                + ": hub.silence is 30; a time with its unit, such as 500ms, 30s, 5m or 2h",
            "assay: " + file + ": unknown key hub.endpont; the nearest known one is endpoint",
            "assay: " + file + ": window.blocks is 0; at least 1");
  }
}

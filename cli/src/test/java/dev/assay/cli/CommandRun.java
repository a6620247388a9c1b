package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** What a command line ended with, and said on both of its streams. */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(List<String> usual, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(Stream.concat(Stream.of(words), usual.stream()).toArray(String[]::new));
    return new CommandRun(exit, out.toString(), err.toString());
  }

  /** The same, which must end with a code. */
  CommandRun ending(int code) {
    assertThat(exit).as("%s%s", out, err).isEqualTo(code);
    return this;
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}

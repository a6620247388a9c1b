package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands say of a block whose state the endpoint has dropped. */
class PrunedBlockIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    subnet = SmallSubnet.start(List.of(600), 2);
  }

  @ParameterizedTest
  @CsvSource({
    "metagraph --block, 2",
    "commitments --block, 2",
    "weights --block, 2",
    "hyperparameters --block, 2",
    "yuma --at, 1"
  })
  void itIsToldInOneLine(String command, int code) throws Exception {
    StringWriter err = new StringWriter();
    StringWriter out = new StringWriter();
    long old = subnet.head().number() - 3;
    int exit;
    try (PruningEndpoint endpoint =
        PruningEndpoint.start(subnet.address(), Set.of(subnet.blockHash(old)))) {
      String words =
          "%s %d --config %s"
              .formatted(command, old, SmallSubnet.configuration(folder, endpoint.address()));
      exit =
          Main.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute(words.split(" "));
    }

    assertThat(exit).as(err.toString()).isEqualTo(code);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("no longer has the state of that block").hasLineCount(1);
  }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BundleArgumentTest {
  @Test
  void anAddressOfABucketAloneIsNoBundle() {
    StringWriter said = new StringWriter();

    int code =
        Main.commandLine().setErr(new PrintWriter(said, true)).execute("explain", "s3a://bucket/");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString().strip())
        .isEqualTo("assay: BUNDLE is no folder of a bucket; s3a://BUCKET/FOLDER");
  }
}

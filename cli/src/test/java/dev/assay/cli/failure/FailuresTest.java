package dev.assay.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aFullDiskIsTriedAgainLaterWhoeverTellsOfIt() {
    IOException full = new IOException("No space left on device");

    assertThat(Failures.exitCode(full)).isEqualTo(ExitCode.TRY_AGAIN_LATER);
    assertThat(Failures.exitCode(new FileSystemException("f", null, "Disk quota exceeded")))
        .isEqualTo(ExitCode.TRY_AGAIN_LATER);
    assertThat(Failures.exitCode(new UncheckedIOException("b cannot be written", full)))
        .isEqualTo(ExitCode.TRY_AGAIN_LATER);
    assertThat(Failures.exitCode(new ConfigurationException("c cannot be written", full)))
        .isEqualTo(ExitCode.TRY_AGAIN_LATER);
    assertThat(Failures.exitCode(new IOException("Permission denied"))).isEqualTo(ExitCode.FAILED);
  }

  /** Iceberg and Spark wrap what a store has answered; what it is to the user stays the same. */
  @Test
  void whatAnObjectStoreAnswersIsToldWhoeverWrapsIt() {
    Throwable wrapped =
        new IllegalStateException(
            "Job aborted",
            new UncheckedIOException(new UnknownStoreException("s3a://b/t", "not there")));

    assertThat(Failures.exitCode(wrapped)).isEqualTo(ExitCode.USAGE);
    assertThat(Failures.sentence(wrapped)).startsWith("there is no such bucket where s3.endpoint");
  }

  @Test
  void aTokenThatTheHubRefusesIsTheUsersToCorrect() {
    assertThat(Failures.exitCode(new HubException.Refused(401, "Invalid credentials")))
        .isEqualTo(ExitCode.USAGE);
  }
}

package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierKeysTest {
  @TempDir private Path folder;

  /** Every key that a release had with the unit in its name. */
  @Test
  void keysOfEarlierReleasesAreStillRead() throws IOException {
    Path file = folder.resolve("assay.yaml");
    Files.writeString(
        file,
        """
        chain: {poll_milliseconds: 20}
        hub: {silence_seconds: 2}
        feed: {max_sample_bytes: 77}
        evaluation: {deadline_seconds: 30}
        spark: {executor_memory_mb: 512}
        submit: {finality_timeout_seconds: 20, block_seconds: 6, beacon: {period: 5}}
        """);

    AssayConfiguration loaded = AssayConfiguration.load(file, Map.of());

    assertThat(loaded.chain().poll()).isEqualTo(Duration.ofMillis(20));
    assertThat(loaded.hub().silence()).isEqualTo(Duration.ofSeconds(2));
    assertThat(loaded.feed().maxSampleSize()).isEqualTo(new DataSize(77));
    assertThat(loaded.evaluation().deadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(loaded.spark().executorMebibytes()).isEqualTo(512);
    assertThat(loaded.submit().finalityTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(loaded.submit().blockTime()).isEqualTo(Duration.ofSeconds(6));
    assertThat(loaded.submit().beacon().period()).isEqualTo(Duration.ofSeconds(5));
  }
}

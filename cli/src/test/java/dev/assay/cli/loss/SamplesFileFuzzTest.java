package dev.assay.cli.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.cli.terminal.UsageException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the bytes of a samples file, it gives samples or is refused in one sentence. In {@code
 * mvn verify} this runs over the inputs kept beside it in the resources; a real run, which finds
 * new ones, is
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl cli -am test -Djazzer.hooks=true -Dtest='SamplesFileFuzzTest' \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class SamplesFileFuzzTest {
  private static final int MAX_TOKENS = 16;

  @TempDir private static Path folder;

  @FuzzTest(maxDuration = "5m")
  void samples(byte[] text) throws IOException {
    SamplesFile samples;
    try {
      samples = SamplesFile.read(Files.write(folder.resolve("samples.jsonl"), text));
    } catch (UsageException refused) {
      assertThat(refused.getMessage()).contains("samples.jsonl");
      return;
    }
    if (samples.hasText()) {
      return;
    }
    try {
      for (EncodedSample sample : samples.encoded(Optional.empty(), MAX_TOKENS)) {
        assertThat(sample.ids().length).isLessThanOrEqualTo(MAX_TOKENS);
        assertThat(sample.promptLength()).isBetween(0, sample.ids().length);
      }
    } catch (UsageException refused) {
      assertThat(refused.getMessage()).contains("prompt_len");
    }
  }
}

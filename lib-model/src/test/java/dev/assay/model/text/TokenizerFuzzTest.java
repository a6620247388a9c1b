package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The check of a tokenizer.json before native code sees it. A real run is
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl lib-model test -Djazzer.hooks=true -Dtest='TokenizerFuzzTest#tokenizer'
 * </pre>
 */
class TokenizerFuzzTest {
  private static final TokenizerLimits LIMITS = new TokenizerLimits(1 << 20, 1000, 100, 64);
  private static final String TEXT = "Ünder the 世界, 12345 it's\n\n  <|end|>😀 ab abab e\u0301";

  @FuzzTest(maxDuration = "5m")
  void tokenizer(byte[] json) {
    try {
      TokenizerFile file = TokenizerFile.parse(json, LIMITS);
      assertThat(file.largestId()).isBetween(0, 1000);
      assertThat(file.specialTokens().values()).allMatch(id -> id <= 1000);
      TokenizerGate.require(file);
    } catch (RejectedCheckpointException refused) {
      assertThat(refused.rejection()).isNotNull();
      assertThat(refused.getMessage()).matches("[ -~…]{10,600}");
    }
  }

  /** What the gate lets through, native code loads or refuses, and encodes without harm. */
  @FuzzTest(maxDuration = "5m")
  void loaded(byte[] json) throws IOException {
    try {
      TokenizerGate.require(TokenizerFile.parse(json, LIMITS));
    } catch (RejectedCheckpointException refused) {
      return;
    }
    Path file = Files.write(Files.createTempFile("assay-fuzz", ".json"), json);
    try (Tokenizer tokenizer = Tokenizer.open(file, LIMITS)) {
      assertThat(tokenizer.encode(TEXT)).hasSizeLessThan(100 * TEXT.length());
    } catch (RejectedCheckpointException refused) {
      assertThat(refused.rejection()).isEqualTo(Rejection.MALFORMED_TOKENIZER);
    } catch (RuntimeException refused) {
      // A text that the tokenizer has no tokens for.
      assertThat(refused.getMessage()).isNotBlank();
    } finally {
      Files.delete(file);
    }
  }
}

package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.model.checkpoint.RejectedCheckpointException;

/**
 * The check of a tokenizer.json before native code sees it. A real run is
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl lib-model test -Djazzer.hooks=true -Dtest='TokenizerFuzzTest#tokenizer'
 * </pre>
 */
class TokenizerFuzzTest {
  private static final TokenizerLimits LIMITS = new TokenizerLimits(1 << 20, 1000, 100, 64);

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
}

package dev.assay.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.AssayConfiguration;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BundleConfigurationTest {
  private static BundleConfiguration of(String json) {
    return BundleConfiguration.of(JsonLines.tree(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatThisReleasePublishesNamesItsTokenizers() {
    BundleConfiguration own = of(AssayConfiguration.defaults().effective());

    assertThat(own.version()).isEqualTo(2);
    assertThat(own.tokenizer("m1", 0)).isEqualTo("mistralai/Mistral-7B-Instruct-v0.1");
    assertThat(own.tokenizer("l3", 2_850_000)).isEqualTo("NousResearch/Meta-Llama-3-8B-Instruct");
    assertThatThrownBy(() -> own.tokenizer("l3", 2_849_999))
        .hasMessageContaining("no tokenizer of competition l3");
  }

  /** As commit 07de487 wrote it. */
  @Test
  void aBundleWithoutAVersionIsReadByItsOldNames() {
    BundleConfiguration old =
        of(
            """
            {"competitions": {"competition_of_old_commitments": "b1", "schedule": {"phases": [
              {"from_block": 0, "competitions": [{"id": "b1", "tokenizer": "byte"}]},
              {"from_block": 9, "competitions": [{"id": "b1", "tokenizer": "later"}]}]}}}
            """);

    assertThat(old.version()).isEqualTo(1);
    assertThat(old.tokenizer("b1", 8)).isEqualTo("byte");
    assertThat(old.tokenizer("b1", 9)).isEqualTo("later");
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> of("{\"version\": 3}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 3; this release reads 1 to 2");
  }
}

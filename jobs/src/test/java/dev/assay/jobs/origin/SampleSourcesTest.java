package dev.assay.jobs.origin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import org.junit.jupiter.api.Test;

class SampleSourcesTest {
  @Test
  void anAddressOfNoKindIsToldTheKinds() {
    assertThatThrownBy(
            () -> SampleSources.at("ftp://host/samples", 1, AssayConfiguration.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "feed.endpoint is ftp://host/samples; the address of a source begins with one of"
                + " datasets+hf, file, http, https, recorded+file, recorded+s3a, wandb+http,"
                + " wandb+https");
  }
}

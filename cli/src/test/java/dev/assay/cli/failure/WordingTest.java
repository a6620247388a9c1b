package dev.assay.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class WordingTest {
  @Test
  void namesOfClassesAreLeftOut() {
    assertThat(
            Wording.plain(
                "Unrecognized field \"id\" (class dev.assay.cli.LossesFile), not marked as"
                    + " ignorable"))
        .isEqualTo("Unrecognized field \"id\", not marked as ignorable");
    assertThat(
            Wording.plain("wss://h is not reachable: javax.net.ssl.SSLException: no TLS message"))
        .isEqualTo("wss://h is not reachable: no TLS message");
    assertThat(
            Wording.plain("cannot convert 'a' to Path (java.nio.file.InvalidPathException: Nul)"))
        .isEqualTo("cannot convert 'a' to Path");
    assertThat(Wording.plain("failed at (Warehouse.java:124)")).isEqualTo("failed at");
    assertThat(Wording.plain("Cannot construct instance of `dev.assay.jobs.config.ChainSettings`"))
        .isEqualTo("Cannot construct instance of a value");
  }

  @Test
  void whatPeopleWriteStaysAsItIs() {
    String line = "https://entrypoint-finney.opentensor.ai:443 gave no answer; see conf/assay.yaml";
    assertThat(Wording.plain(line)).isEqualTo(line);
    assertThat(Wording.plain("/data/my.models/Llama.v1 does not exist"))
        .isEqualTo("/data/my.models/Llama.v1 does not exist");
  }

  @Test
  void aFailureWithoutWordsIsNotToldAsNull() {
    assertThat(Wording.of(new IOException())).doesNotContain("null", "Exception");
    assertThat(Wording.of(new IllegalStateException())).doesNotContain("null", "Exception");
    assertThat(Wording.of(new UncheckedIOException(new NoSuchFileException("/a/b"))))
        .isEqualTo("/a/b: it does not exist");
    assertThat(Wording.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
  }
}

package dev.assay.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample is docs/feed.md's own example. */
class SampleFileTest {
  private static final String EXAMPLE =
      """
      {"id":"e782a033529abec0362f81575b8f185d95263e3299bd4134ec21e2fdc23ddcfe","block":1,\
      "time":1700000012000,"source":"5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",\
      "prompt":"What is a quintet?","response":"A musical composition for five performers.",\
      "signature":"8ac9c440824f229991fd920f16dc5b3fabfa0445123e893f21acd792d05ea06ba405fdd8f5574\
      5252fe8111c18c53756beed36349be70bf354ae6e669df47b87"}
      """;

  @TempDir private Path folder;

  private SampleSource source(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("samples.ndjson"), content);
    return SampleFile.of(file.toUri(), 1);
  }

  @Test
  void itsSamplesAreOfferedAndFoundGenuine() throws Exception {
    SampleSource.Page page = source(EXAMPLE).samples(1, 9);

    assertThat(page.nextBlock()).isEmpty();
    OfferedSample offer = page.offers().get(0).orElseThrow();
    assertThat(offer.row().prompt()).isEqualTo("What is a quintet?");
    assertThat(offer.genuine().getAsBoolean()).isTrue();
  }

  @Test
  void aChangedLineIsNotGenuine() throws Exception {
    SampleSource.Page page = source(EXAMPLE.replace("quintet", "quartet")).samples(1, 9);

    assertThat(page.offers().get(0).orElseThrow().genuine().getAsBoolean()).isFalse();
  }

  @Test
  void onlyTheBlocksThatAreAskedForAreOffered() throws Exception {
    assertThat(source(EXAMPLE).samples(2, 9).offers()).isEmpty();
  }

  @Test
  void whatIsNoSampleIsOfferedAsNone() throws Exception {
    assertThat(source("?\n{}\n").samples(1, 9).offers()).hasSize(2).allMatch(o -> o.isEmpty());
  }

  @Test
  void aFileThatIsNotThereIsAMistakeOfTheConfiguration() {
    SampleSource missing = SampleFile.of(folder.resolve("none").toUri(), 1);

    assertThatThrownBy(() -> missing.samples(1, 9))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("feed.endpoint names " + folder.resolve("none"));
    assertThatThrownBy(() -> SampleFile.of(URI.create("file:samples"), 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("file:///");
  }
}

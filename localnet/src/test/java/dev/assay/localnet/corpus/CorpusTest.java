package dev.assay.localnet.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private static Corpus corpus;

  @BeforeAll
  static void read() throws IOException {
    corpus = Corpus.read();
  }

  @Test
  void makesTensOfThousandsOfDifferentSamples() {
    Set<Sample> samples = new HashSet<>();
    LongStream.range(0, 30_000).forEach(number -> samples.add(corpus.sample(7, number)));

    assertThat(corpus.meanings()).isGreaterThan(30_000);
    assertThat(samples).hasSizeGreaterThan(25_000);
  }

  @Test
  void givesTheSameSampleForTheSameSeedAndNumber() {
    assertThat(corpus.sample(7, 11)).isEqualTo(corpus.sample(7, 11));
    assertThat(corpus.sample(7, 11)).isNotEqualTo(corpus.sample(8, 11));
    assertThat(corpus.sample(1, 0))
        .isEqualTo(
            new Sample(
                "What is a recombinant deoxyribonucleic acid?",
                "Genetically engineered DNA made by recombining fragments of DNA from different"
                    + " organisms."));
  }

  @Test
  void samplesAreShortPlainText() {
    LongStream.range(0, 1_000)
        .mapToObj(number -> corpus.sample(3, number))
        .forEach(
            sample -> {
              assertThat(sample.prompt()).matches("[ -~]{5,200}");
              assertThat(sample.response()).matches("[ -~]{3,200}").endsWith(".");
            });
  }
}

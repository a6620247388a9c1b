package dev.assay.score.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  @ParameterizedTest
  @CsvSource({"0,100,0", "1,100,0", "100,100,0", "101,100,0", "150,100,60", "7,4,3"})
  void theFirstWindowToAdmitACommitmentIsTheEarliestOfAll(long block, long blocks, long delay) {
    Sampling sampling = new Sampling(delay, 1);

    Window first = Window.firstToAdmit(block, blocks, sampling);

    assertThat(first.admits(block, sampling)).isTrue();
    assertThat(new Window(first.number() - 1, blocks).admits(block, sampling)).isFalse();
  }
}

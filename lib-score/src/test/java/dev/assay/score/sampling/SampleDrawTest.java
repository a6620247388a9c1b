package dev.assay.score.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.rules.Policy;
import dev.assay.score.sampling.SampleDraw.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleDrawTest {
  private static final Sampling ANY = Sampling.ORIGINAL;
  private static final byte[] HASH = new byte[32];

  @Test
  void everyValidatorDrawsTheSameWhateverTheOrderOfItsCandidates() {
    List<Candidate> shuffled = new ArrayList<>(candidates(1_000, 10));
    Collections.shuffle(shuffled, new Random(1));
    assertThat(SampleDraw.draw(HASH, "l3", shuffled, 400, ANY))
        .isEqualTo(SampleDraw.draw(HASH, "l3", candidates(1_000, 10), 400, ANY))
        .hasSize(400);
  }

  @Test
  void aCandidateThatOneValidatorLacksChangesOneSample() {
    List<Candidate> all = candidates(1_000, 10);
    List<Candidate> drawn = SampleDraw.draw(HASH, "l3", all, 400, ANY);
    List<Candidate> lacking = new ArrayList<>(all);
    lacking.remove(drawn.get(17));
    List<Candidate> other = SampleDraw.draw(HASH, "l3", lacking, 400, ANY);
    assertThat(other).containsAll(drawn.stream().filter(c -> !c.equals(drawn.get(17))).toList());
  }

  @Test
  void anotherBlockAndAnotherCompetitionDrawOthers() {
    byte[] other = HASH.clone();
    other[31] = 1;
    List<Candidate> drawn = SampleDraw.draw(HASH, "l3", candidates(1_000, 10), 100, ANY);
    assertThat(SampleDraw.draw(other, "l3", candidates(1_000, 10), 100, ANY)).isNotEqualTo(drawn);
    assertThat(SampleDraw.draw(HASH, "s1", candidates(1_000, 10), 100, ANY)).isNotEqualTo(drawn);
  }

  @Test
  void noSourceProvidesMoreThanItsQuota() {
    List<Candidate> flooded = new ArrayList<>(candidates(100, 5));
    IntStream.range(0, 5_000).forEach(i -> flooded.add(new Candidate("flood" + i, "flooder")));
    List<Candidate> drawn = SampleDraw.draw(HASH, "l3", flooded, 100, new Sampling(0, 0.25));
    assertThat(drawn).filteredOn(c -> c.source().equals("flooder")).hasSize(25);
    assertThat(drawn).hasSize(100);
  }

  @Test
  void withoutASeedThereIsNoDraw() {
    assertThatThrownBy(() -> SampleDraw.draw(new byte[0], "l3", candidates(3, 1), 1, ANY))
        .hasMessage("block hash: has 0 bytes, must have 32");
  }

  @Test
  void aSampleIsThereOnce() {
    List<Candidate> twice = List.of(new Candidate("a", "s"), new Candidate("a", "t"));
    assertThatThrownBy(() -> SampleDraw.draw(HASH, "l3", twice, 1, ANY))
        .hasMessage("samples: a is there twice, must be there once");
  }

  @Test
  void aWindowJudgesBySamplesOfTheSpanBefore() {
    Window window = Window.containing(1_050, 100);
    assertThat(window).isEqualTo(new Window(10, 100));
    assertThat(window.draws(899)).isFalse();
    assertThat(window.draws(900)).isTrue();
    assertThat(window.draws(999)).isTrue();
    assertThat(window.draws(1_000)).isFalse();
  }

  @Test
  void nobodyIsJudgedByWhatHeCouldHaveTrainedOn() {
    Window window = new Window(10, 100);
    Sampling sampling = Policy.named(Policy.ASSAY_1).sampling();
    assertThat(window.admits(800, sampling)).isTrue();
    assertThat(window.admits(801, sampling)).isFalse();
  }

  private static List<Candidate> candidates(int count, int sources) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("sample-" + i, "source-" + i % sources))
        .toList();
  }
}

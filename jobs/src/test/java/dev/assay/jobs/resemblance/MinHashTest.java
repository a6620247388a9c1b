package dev.assay.jobs.resemblance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Estimates beside Jaccard's index as it is computed from the pieces themselves. */
class MinHashTest {
  private static MinHash seeded(long seed) {
    return new MinHash(ByteBuffer.allocate(32).putLong(seed).array());
  }

  private static String words(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString(random.nextInt(50_000), 36))
        .collect(Collectors.joining(" "));
  }

  private static Set<String> pieces(String prompt, String response) {
    int[] text = ComparedText.of(prompt, response);
    Set<String> pieces = new HashSet<>();
    for (int at = 0; at == 0 || at + 5 <= text.length; at++) {
      pieces.add(new String(text, at, Math.min(5, text.length - at)));
    }
    return pieces;
  }

  private static double jaccard(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return (double) both.size() / (one.size() + other.size() - both.size());
  }

  /** Six standard errors: of 100 estimates none is expected beyond. */
  @Property(tries = 100)
  void anEstimateIsNearTheTruth(
      @ForAll long seed,
      @ForAll @IntRange(min = 5, max = 100) int own,
      @ForAll @IntRange(min = 5, max = 100) int shared) {
    Random random = new Random(seed);
    String common = words(random, shared);
    String one = common + " " + words(random, own);
    String other = words(random, own) + " " + common;
    MinHash hash = seeded(seed);

    double truth = jaccard(pieces("What?", one), pieces("What?", other));

    assertThat(MinHash.resemblance(hash.sketch("What?", one), hash.sketch("What?", other)))
        .isCloseTo(truth, within(6 * 0.045));
  }

  @Test
  void theStandardErrorIsTheStatedOne() {
    Random random = new Random(1);
    String common = words(random, 160);
    String one = common + " " + words(random, 20);
    String other = common + " " + words(random, 20);
    double truth = jaccard(pieces("", one), pieces("", other));
    double sum = 0;
    double squares = 0;
    int tries = 200;
    for (int seed = 0; seed < tries; seed++) {
      MinHash hash = seeded(seed);
      double error = MinHash.resemblance(hash.sketch("", one), hash.sketch("", other)) - truth;
      sum += error;
      squares += error * error;
    }

    assertThat(truth).isBetween(0.75, 0.85);
    assertThat(sum / tries).isCloseTo(0, within(4 * 0.036 / Math.sqrt(tries)));
    assertThat(Math.sqrt(squares / tries)).isCloseTo(0.036, within(0.006));
  }

  @Test
  void theSameTextInOtherCaseAndPunctuationHasTheSameSketch() {
    MinHash hash = seeded(7);

    assertThat(hash.sketch("Why?", "Because  it is — so."))
        .isEqualTo(hash.sketch("why", "because it is so"));
  }

  @Test
  void anotherSeedGivesAnotherSketch() {
    assertThat(seeded(1).sketch("Why?", "It is so."))
        .isEqualTo(seeded(1).sketch("Why?", "It is so."))
        .isNotEqualTo(seeded(2).sketch("Why?", "It is so."));
  }

  @Test
  void textsWithoutLettersAreComparedAsTheyAre() {
    MinHash hash = seeded(3);

    assertThat(hash.sketch("?", "!!"))
        .isEqualTo(hash.sketch("?", "!!"))
        .isNotEqualTo(hash.sketch("?", "..."));
    assertThat(hash.sketch("", "")).hasSize(MinHash.PLACES);
  }

  @Test
  void aLongIntroductionThatPromptsShareMakesNoSamplesAlike() {
    Random random = new Random(5);
    String introduction = words(random, 1000);
    MinHash hash = seeded(5);

    assertThat(
            MinHash.resemblance(
                hash.sketch(introduction + " first", words(random, 40)),
                hash.sketch(introduction + " second", words(random, 40))))
        .isLessThan(0.6);
  }
}

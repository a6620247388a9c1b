package dev.assay.jobs.resemblance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts are of 100 made-up words each; a planted duplicate differs in a few of them. */
class SketchIndexTest {
  private static final int TEXTS = 1_000;
  private final MinHash hash = new MinHash(ByteBuffer.allocate(32).putLong(42).array());

  private static List<String> words(int number) {
    Random random = new Random(number);
    return IntStream.range(0, 100)
        .mapToObj(i -> Integer.toString(random.nextInt(100_000), 36))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** With so many of a text's words replaced, next to each other. */
  private byte[] sketch(int number, int replaced) {
    List<String> words = words(number);
    for (int i = 0; i < replaced; i++) {
      words.set(i, "x" + i);
    }
    return hash.sketch("", String.join(" ", words));
  }

  private SketchIndex filled(List<Integer> numbers) {
    SketchIndex index = new SketchIndex(0.8, SketchIndex.MOST);
    numbers.forEach(number -> index.add(sketch(number, 0)));
    return index;
  }

  private static List<Integer> numbers() {
    return IntStream.range(0, TEXTS).boxed().collect(Collectors.toCollection(ArrayList::new));
  }

  private long found(SketchIndex index, int from, int replaced) {
    return IntStream.range(from, from + TEXTS)
        .filter(number -> index.resembles(sketch(number, replaced)))
        .count();
  }

  @Test
  void plantedDuplicatesAreFoundAndUnlikeTextsAreNot() {
    SketchIndex index = filled(numbers());

    assertThat(found(index, 0, 0)).isEqualTo(TEXTS);
    assertThat(found(index, 0, 3)).as("resemblance 0.94").isEqualTo(TEXTS);
    assertThat(found(index, 0, 5)).as("resemblance 0.90").isGreaterThan(TEXTS * 98 / 100);
    assertThat(found(index, 0, 20)).as("resemblance 0.67").isLessThan(TEXTS / 100);
    assertThat(found(index, TEXTS, 0)).as("other texts").isZero();
  }

  @Test
  void theOrderInWhichSketchesWereAddedChangesNothing() {
    List<Integer> shuffled = numbers();
    Collections.shuffle(shuffled, new Random(1));
    SketchIndex one = filled(numbers());
    SketchIndex other = filled(shuffled);

    for (int number = 0; number < TEXTS; number++) {
      byte[] borderline = sketch(number, 10);
      assertThat(one.resembles(borderline)).isEqualTo(other.resembles(borderline));
    }
  }

  @Test
  void bandsThatManyHaveAlikeCostNoMoreThanTheirBound() {
    SketchIndex index = new SketchIndex(1, SketchIndex.MOST);
    byte[] sketch = sketch(1, 0);
    for (int i = 0; i < 50_000; i++) {
      byte[] other = sketch.clone();
      ByteBuffer.wrap(other).putInt(MinHash.PLACES - Integer.BYTES, i);
      index.add(other);
    }
    assertThat(index.resembles(sketch(2, 0))).isFalse();
    assertThat(index.size()).isEqualTo(50_000);
  }

  @Test
  void whatIsBeyondTheMostIsLeftOut() {
    SketchIndex index = new SketchIndex(0.8, 1);
    index.add(sketch(1, 0));
    index.add(sketch(2, 0));

    assertThat(index.size()).isEqualTo(1);
    assertThat(index.resembles(sketch(2, 0))).isFalse();
  }
}

package dev.assay.score.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.copies.NearDuplicates.Candidate;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.statistics.SeededRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private static final int LENGTH = 64;
  private static final Fingerprint BASE = fingerprint(1, 0, 0);

  @Test
  void aCopyWithALittleNoiseIsFoundAndTheEarlierStays() {
    Candidate original = new Candidate(Entry.of(0, "h0", 20, "a"), fingerprint(2, 1, 0));
    Candidate copy = new Candidate(Entry.of(1, "h1", 30, "b"), fingerprint(2, 1, 0.01));
    Map<Entry, Outcome> found = NearDuplicates.find(List.of(copy, original), BASE, 0.05);
    assertThat(found).containsOnlyKeys(copy.entry());
    assertThat(found.get(copy.entry()).verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(found.get(copy.entry()).breach().orElseThrow().limit()).contains("uid 0, block 20");
  }

  @Test
  void fineTunesOfOneBaseAreNoDuplicates() {
    List<Candidate> models =
        List.of(
            new Candidate(Entry.of(0, "h0", 20, "a"), fingerprint(2, 1, 0)),
            new Candidate(Entry.of(1, "h1", 30, "b"), fingerprint(3, 1, 0)),
            new Candidate(Entry.of(2, "h2", 40, "c"), BASE));
    assertThat(NearDuplicates.find(models, BASE, 0.05)).isEmpty();
  }

  @Test
  void continuingFromAnotherModelIsNoDuplicateOnceItMovedFarEnough() {
    List<Candidate> models =
        List.of(
            new Candidate(Entry.of(0, "h0", 20, "a"), fingerprint(2, 1, 0)),
            new Candidate(Entry.of(1, "h1", 30, "b"), fingerprint(2, 1, 0.2)));
    assertThat(NearDuplicates.find(models, BASE, 0.05)).isEmpty();
  }

  @Test
  void aFewValuesFarOffHideNoCopy() {
    double[] values = new double[LENGTH];
    double[] moved = new double[LENGTH];
    double[] copied = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = 10 + i;
      moved[i] = values[i] + 1;
      copied[i] = moved[i] + (i < LENGTH / 2 ? 1e9 : 0);
    }
    List<Candidate> models =
        List.of(
            new Candidate(Entry.of(0, "h0", 20, "a"), Fingerprint.of(moved)),
            new Candidate(Entry.of(1, "h1", 30, "b"), Fingerprint.of(copied)));
    assertThat(NearDuplicates.find(models, Fingerprint.of(values), 0.05))
        .containsOnlyKeys(models.get(1).entry());
  }

  @Test
  void modelsOfOtherArchitecturesAreNoDuplicates() {
    List<Candidate> models =
        List.of(
            new Candidate(Entry.of(0, "h0", 20, "a"), Fingerprint.of(1)),
            new Candidate(Entry.of(1, "h1", 30, "b"), Fingerprint.of(1)));
    assertThat(NearDuplicates.find(models, BASE, 0.05)).isEmpty();
  }

  @Test
  void aFingerprintHoldsFiniteNumbers() {
    assertThatThrownBy(() -> Fingerprint.of(Double.NaN))
        .hasMessageContaining("fingerprint's value: is NaN");
  }

  /** The base plus a fine-tune's own direction plus noise. */
  private static Fingerprint fingerprint(long model, double moved, double noise) {
    SeededRandom base = new SeededRandom(1);
    SeededRandom own = SeededRandom.of(2, model);
    SeededRandom extra = SeededRandom.of(3, model);
    double[] values = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] =
          100 * base.nextGaussian() + moved * own.nextGaussian() + noise * extra.nextGaussian();
    }
    return Fingerprint.of(values);
  }
}

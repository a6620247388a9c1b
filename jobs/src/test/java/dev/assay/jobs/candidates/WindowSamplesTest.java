package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.score.rules.Competition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowSamplesTest {
  private static final Hash SEED = Hash.fromHex("0x" + "5e".repeat(32));
  private static final List<Competition> COMPETITIONS =
      AssayConfiguration.defaults().competitions().schedule().at(1);

  private final List<Set<String>> asked = new ArrayList<>();

  private static List<WindowSamples.Drawable> available(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new WindowSamples.Drawable("s" + i, "source" + i % 7))
        .toList();
  }

  private List<SampleRow> rows(Set<String> ids) {
    asked.add(ids);
    return ids.stream()
        .map(id -> new SampleRow(id, "p", "r", "source", 1, Instant.EPOCH, ""))
        .toList();
  }

  @Test
  void textsAreAskedOfTheDrawnSamplesAlone() {
    WindowSamples drawn = WindowSamples.draw(available(5_000), SEED, COMPETITIONS, this::rows);

    Competition first = COMPETITIONS.get(0);
    assertThat(drawn.of(first)).hasSize(first.samples());
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0)).hasSizeLessThan(5_000);
    assertThat(drawn.of(first)).allMatch(row -> asked.get(0).contains(row.sampleId()));
  }

  @Test
  void theOrderInWhichTheTableTellsThemChangesNothing() {
    List<WindowSamples.Drawable> reversed = new ArrayList<>(available(500));
    Collections.reverse(reversed);

    assertThat(WindowSamples.draw(reversed, SEED, COMPETITIONS, this::rows))
        .isEqualTo(WindowSamples.draw(available(500), SEED, COMPETITIONS, this::rows));
  }

  @Test
  void whereNoneIsThereNoneIsAskedFor() {
    WindowSamples drawn = WindowSamples.draw(List.of(), SEED, COMPETITIONS, this::rows);

    assertThat(drawn.most()).isZero();
    assertThat(asked).isEmpty();
  }
}

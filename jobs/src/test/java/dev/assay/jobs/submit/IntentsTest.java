package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.storage.FolderObjects;
import dev.assay.score.weights.UidWeight;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentsTest {
  @TempDir private Path folder;

  private static WeightIntent intent(long window, int weight) {
    return new WeightIntent(
        "0xgenesis",
        1,
        0,
        "5Hotkey",
        window,
        "e" + weight,
        List.of(new UidWeight(3, weight)),
        2,
        77);
  }

  @Test
  void theFirstIntentOfAWindowStands() {
    Intents file = new Intents(new FolderObjects(folder));

    assertThat(file.claim(intent(5, 100))).isEqualTo(intent(5, 100));
    assertThat(file.claim(intent(5, 200))).isEqualTo(intent(5, 100));
    assertThat(file.claim(intent(6, 200))).isEqualTo(intent(6, 200));
  }

  @Test
  void racersAgreeOnOneIntent() throws Exception {
    int racers = 8;
    CyclicBarrier start = new CyclicBarrier(racers);
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    Set<WeightIntent> outcomes = new HashSet<>();
    try {
      List<Callable<WeightIntent>> tasks = new ArrayList<>();
      for (int racer = 1; racer <= racers; racer++) {
        WeightIntent own = intent(5, racer);
        tasks.add(
            () -> {
              start.await();
              return new Intents(new FolderObjects(folder)).claim(own);
            });
      }
      for (Future<WeightIntent> outcome : threads.invokeAll(tasks)) {
        outcomes.add(outcome.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(outcomes).hasSize(1);
    assertThat(folder).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void anIntentOfAnEarlierReleaseIsOfAnUnknownChain() throws Exception {
    Files.writeString(
        folder.resolve("1-0-5Hotkey-5.json"),
        """
        {"netuid":1,"mechanism":0,"hotkey":"5Hotkey","window":5,"evaluation":"e100",\
        "vector":[{"uid":3,"weight":100}],"versionKey":2,"lastUpdate":77}
        """);

    WeightIntent found = new Intents(new FolderObjects(folder)).claim(intent(5, 100));

    assertThat(found.genesis()).isEqualTo(WeightIntent.UNKNOWN_CHAIN);
    assertThat(found.standsForTheSame(intent(5, 100))).isFalse();
  }

  @Test
  void aDamagedIntentStopsTheWindowInsteadOfBeingReplaced() throws Exception {
    Intents file = new Intents(new FolderObjects(folder));
    file.claim(intent(5, 100));
    Files.writeString(folder.resolve("1-0-5Hotkey-5.json"), "{");

    assertThatThrownBy(() -> file.claim(intent(5, 200)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("is damaged");
  }
}

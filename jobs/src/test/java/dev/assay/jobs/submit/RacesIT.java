package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Races of submit for one window, seeded: a sample here, all of them by {@code .ci/long races}.
 * Where the system property {@code races.out} names a file, each race adds a line to it, and those
 * that it holds are not run again.
 */
@Tag("long")
class RacesIT {
  private static final int EVERY_NTH_BY_PROCESSES = 12;

  @TempDir private Path place;

  @Test
  void noRaceSetsASecondVector() throws Exception {
    long seed = Long.getLong("races.seed", 1);
    int count = Integer.getInteger("races.count", 12);
    Path out = Path.of(System.getProperty("races.out", place.resolve("races.log").toString()));
    List<String> done = Files.exists(out) ? Files.readAllLines(out) : List.of();
    List<String> failed = new ArrayList<>(done.stream().filter(RacesIT::isFailed).toList());
    try (ValidatorsChain chain = ValidatorsChain.start()) {
      Race.prepare(chain, place);
      for (int number = done.size() + 1; number <= count; number++) {
        Race race = Race.of(seed, number, number % EVERY_NTH_BY_PROCESSES == 0);
        Race.Ended ended = race.run(chain, place);
        String line =
            "%s: %s %s"
                .formatted(
                    race,
                    ended.problems().isEmpty() ? "ok" : "FAILED " + ended.problems(),
                    ended.states());
        Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(line);
        if (isFailed(line)) {
          failed.add(line);
        }
        clear();
      }
    }
    assertThat(failed).isEmpty();
  }

  private static boolean isFailed(String line) {
    return line.contains(": FAILED ");
  }

  /** A thousand folders of tables are not kept. */
  private void clear() throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      List<Path> all =
          files
              .filter(file -> !file.equals(place) && !file.endsWith("races.log"))
              .filter(file -> !file.startsWith(place.resolve(Race.TEMPLATE)))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }
}

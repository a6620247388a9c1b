package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every filling of {@link NamedObjects} must do. */
interface NamedObjectsContract {
  /** An empty place; the same one in every call of a test. */
  NamedObjects objects();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  default void aNameIsGivenOnce() {
    assertThat(objects().read("a.json", 9)).isEmpty();
    assertThat(objects().create("a.json", bytes("1"))).isTrue();
    assertThat(objects().create("a.json", bytes("2"))).isFalse();
    assertThat(objects().read("a.json", 9)).contains(bytes("1"));
  }

  @Test
  default void ofSeveralThatCreateAtOnceOneIsFirst() throws Exception {
    int racers = 8;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      List<Callable<Boolean>> races =
          IntStream.range(0, racers)
              .<Callable<Boolean>>mapToObj(
                  racer ->
                      () -> {
                        start.await();
                        return objects().create("raced", bytes("" + racer));
                      })
              .toList();
      List<Future<Boolean>> ended = races.stream().map(threads::submit).toList();
      start.countDown();
      int winners = 0;
      for (int racer = 0; racer < racers; racer++) {
        if (ended.get(racer).get()) {
          winners++;
          assertThat(objects().read("raced", 9)).contains(bytes("" + racer));
        }
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void anObjectIsReplacedWhole() {
    objects().replace("a", bytes("long enough"));
    objects().replace("a", bytes("short"));

    assertThat(objects().read("a", 99)).contains(bytes("short"));
  }

  @Test
  default void whatIsDeletedIsGoneAndMayBeCreatedAgain() {
    objects().create("a", bytes("1"));
    objects().delete("a");
    objects().delete("a");

    assertThat(objects().read("a", 9)).isEmpty();
    assertThat(objects().names()).isEmpty();
    assertThat(objects().create("a", bytes("2"))).isTrue();
  }

  @Test
  default void allNamesAreListedInOrderAndNothingElseIs() {
    assertThat(objects().names()).isEmpty();
    objects().replace("b-2.txt", bytes(""));
    objects().create("a_1", bytes("1"));
    objects().create("a_1", bytes("2"));

    assertThat(objects().names()).containsExactly("a_1", "b-2.txt");
  }

  @Test
  default void anEmptyObjectIsAnObject() {
    objects().create("a", new byte[0]);

    assertThat(objects().read("a", 0)).contains(new byte[0]);
  }

  @Test
  default void moreThanIsAllowedIsNotRead() {
    objects().create("a", bytes("12345"));

    assertThat(objects().read("a", 5)).isPresent();
    assertThatThrownBy(() -> objects().read("a", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(objects().address("a"))
        .hasMessageContaining("at most 4");
  }

  @Test
  default void aNameThatLeavesThePlaceIsRefused() {
    for (String name : List.of("", ".", "..", "../a", "a/b", ".hidden", "a b", "a\0")) {
      assertThatThrownBy(() -> objects().create(name, bytes("1")))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> objects().read(name, 9))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

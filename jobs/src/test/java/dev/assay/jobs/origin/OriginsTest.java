package dev.assay.jobs.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.feed.SignedFeed;
import dev.assay.jobs.tables.SampleRow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OriginsTest {
  /** Has a sample of every block up to its head, a few blocks an answer. */
  private static final class Blocks implements SampleSource {
    private final long head;
    private final long step;
    private final List<Long> asked = new ArrayList<>();
    private RuntimeException failure;

    Blocks(long head, long step) {
      this.head = head;
      this.step = step;
    }

    @Override
    public Page samples(long fromBlock, long toBlock) {
      asked.add(fromBlock);
      if (failure != null) {
        throw failure;
      }
      long last = Math.min(Math.min(toBlock, head), fromBlock + step - 1);
      return new Page(
          LongStream.rangeClosed(fromBlock, last).mapToObj(OriginsTest::offer).toList(),
          last < toBlock ? OptionalLong.of(last + 1) : OptionalLong.empty());
    }
  }

  private static Optional<OfferedSample> offer(long block) {
    return Optional.of(
        new OfferedSample(
            new SampleRow("id", "p", "r", "s", block, Instant.EPOCH, "00"), () -> true));
  }

  private static Origins origins(SampleSource... sources) {
    List<Origin> origins = new ArrayList<>();
    for (SampleSource source : sources) {
      origins.add(new Origin("source " + origins.size(), source, Set.of("s")));
    }
    return new Origins(origins);
  }

  private static List<Long> blocks(Origins.Part part) {
    return part.offers().stream()
        .map(offer -> offer.sample().orElseThrow().row().block())
        .sorted()
        .toList();
  }

  @Test
  void aBlockIsGivenOnceEverySourceHasGivenIt() throws Exception {
    Blocks slow = new Blocks(100, 2);
    Blocks fast = new Blocks(100, 5);
    Origins origins = origins(slow, fast);

    Origins.Part first = origins.samples(1, 6);
    Origins.Part second = origins.samples(3, 6);
    Origins.Part third = origins.samples(5, 6);
    Origins.Part last = origins.samples(6, 6);

    assertThat(blocks(first)).containsExactly(1L, 1L, 2L, 2L);
    assertThat(first.nextBlock()).hasValue(3);
    assertThat(blocks(second)).containsExactly(3L, 3L, 4L, 4L);
    assertThat(blocks(third)).containsExactly(5L, 5L);
    assertThat(blocks(last)).containsExactly(6L, 6L);
    assertThat(last.nextBlock()).isEmpty();
    assertThat(slow.asked).containsExactly(1L, 3L, 5L);
    assertThat(fast.asked).containsExactly(1L, 6L);
  }

  @Test
  void nothingIsGivenBeyondTheSourceThatLags() throws Exception {
    Origins origins = origins(new Blocks(3, 9), new Blocks(100, 9));

    assertThat(blocks(origins.samples(1, 6))).containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
    Origins.Part none = origins.samples(4, 6);
    assertThat(none.offers()).isEmpty();
    assertThat(none.nextBlock()).hasValue(4);
    assertThat(origins.reached("source 0")).hasValue(3);
    assertThat(origins.reached("source 1")).hasValue(6);
  }

  @Test
  void asLongAsNothingIsAskedForNobodyHasReachedAnything() {
    assertThat(origins(new Blocks(3, 9)).reached("source 0")).isEmpty();
  }

  @Test
  void whatLiesOutsideOfAnAnswerIsGivenAtOnceAndNeverLater() throws Exception {
    SampleSource liar =
        (from, to) ->
            new SampleSource.Page(
                List.of(offer(from), offer(5), offer(to + 7), Optional.empty()),
                from == 1 ? OptionalLong.of(2) : OptionalLong.empty());
    Origins origins = origins(liar, new Blocks(100, 9));

    Origins.Part first = origins.samples(1, 6);

    assertThat(first.nextBlock()).hasValue(2);
    // Of blocks 1, 1, 5, 13 and none: the intake refuses what is not of block 1.
    assertThat(first.offers()).hasSize(5);
  }

  @Test
  void everySourceThatFailsIsNamedAndNothingIsGivenWithoutIt() throws Exception {
    Blocks failing = new Blocks(100, 2);
    Blocks sound = new Blocks(100, 9);
    Origins origins = origins(failing, sound);
    origins.samples(1, 6);
    failing.failure = new FeedException("it is away");

    assertThatThrownBy(() -> origins.samples(3, 6))
        .isInstanceOf(FeedException.class)
        .hasMessage(
            "of 2 sources 1 failed, and without all of them no block from 3 on is taken: source 0:"
                + " it is away");
    failing.failure = new ConfigurationException("it is none");
    assertThatThrownBy(() -> origins.samples(3, 6))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("source 0: it is none");
    failing.failure = null;
    assertThat(blocks(origins.samples(3, 6))).containsExactly(3L, 3L, 4L, 4L);
    assertThat(sound.asked).containsExactly(1L);
  }

  @Test
  void aSingleSourcesFailureIsToldInItsOwnWords() {
    Blocks failing = new Blocks(100, 2);
    failing.failure = new FeedException("it is away");

    assertThatThrownBy(() -> origins(failing).samples(1, 6)).hasMessage("it is away");
  }

  @Test
  void aPageInThePlaceOfAFeedGivesNoBlockAndHoldsBackTheOthers() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });
    server.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      SampleSource page = SignedFeed.of(address, 1);
      Origins both = origins(page, new Blocks(100, 9));

      assertThatThrownBy(() -> origins(page).samples(1, 6)).isInstanceOf(FeedException.class);
      assertThatThrownBy(() -> both.samples(1, 6))
          .isInstanceOf(FeedException.class)
          .hasMessageContaining("no block from 1 on is taken: source 0: " + address);
      assertThat(both.reached("source 0")).hasValue(0);
    } finally {
      server.stop(0);
    }
  }
}

package dev.assay.jobs.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.tables.SampleRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blocks are 12 s apart, and block 0 was made 1,000 s after 1970 began. */
class RunsSourceTest {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final String KEY = "0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static double logged(long block) {
    return 1_000 + 12 * block - RunsSource.DELAY.toSeconds();
  }

  private static String signature(String run) {
    return HexFormat.of().formatHex(ALICE.sign(run.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> config(String run) {
    return Map.of(
        "type", "validator", "hotkey", ALICE.account().ss58(), "signature", signature(run));
  }

  private static Map<String, Object> step(long number, double time, int texts) {
    Map<String, Object> step = new HashMap<>(Map.of("_step", number, "_timestamp", time));
    for (int uid = 0; uid < texts; uid++) {
      step.put("prompts." + uid, "What is " + number + "." + uid + "?");
      step.put("responses." + uid, " A number. ");
    }
    return step;
  }

  private static SampleSource source(String address) {
    return source(address, PATIENCE);
  }

  private static SampleSource source(String address, Duration patience) {
    SampleSource source =
        RunsSource.of(
            URI.create("wandb+" + address + "/cortex-t/multi-modality"),
            Optional.of(KEY),
            patience);
    source.follow(block -> Instant.ofEpochSecond(1_000 + 12 * block));
    return source;
  }

  private static List<SampleRow> rows(SampleSource.Page page) {
    return page.offers().stream().flatMap(Optional::stream).map(OfferedSample::row).toList();
  }

  @Test
  void whatAValidatorHasLoggedIsASampleOfItsOwn() throws Exception {
    try (RunsService service = RunsService.start()) {
      service.log(
          "run1",
          config("run1"),
          List.of(
              step(0, logged(9), 2), step(1, logged(10) - 11.9, 2), step(2, logged(12) + 0.1, 1)));

      SampleSource.Page page = source(service.address()).samples(10, 20);

      assertThat(page.nextBlock()).isEmpty();
      assertThat(page.offers()).allMatch(offer -> offer.orElseThrow().genuine().getAsBoolean());
      assertThat(rows(page)).extracting(SampleRow::block).containsExactly(10L, 10L, 13L);
      SampleRow first = rows(page).get(0);
      assertThat(first.prompt()).isEqualTo("What is 1.0?");
      assertThat(first.response()).isEqualTo("A number.");
      assertThat(first.source()).isEqualTo(ALICE.account().ss58());
      assertThat(first.signature()).matches("run:run1:[0-9a-f]{128}");
      assertThat(service.authorizations())
          .containsOnly(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(("api:" + KEY).getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void anotherSpanOfBlocksHasTheSameSamples() throws Exception {
    try (RunsService service = RunsService.start()) {
      List<Map<String, Object>> steps = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        steps.add(step(3L * i, logged(i), 1));
      }
      service.log("run1", config("run1"), steps);
      SampleSource source = source(service.address());

      List<SampleRow> parts = new ArrayList<>(rows(source.samples(1, 90)));
      parts.addAll(rows(source.samples(91, 150)));

      assertThat(rows(source.samples(1, 150))).isEqualTo(parts).hasSize(151);
    }
  }

  @Test
  void ofOneRunAndBlockAtMost256SamplesCount() throws Exception {
    try (RunsService service = RunsService.start()) {
      service.log(
          "run1",
          config("run1"),
          List.of(step(0, logged(10), 300), step(1, logged(10), 10), step(2, logged(11), 1)));

      assertThat(rows(source(service.address()).samples(1, 20))).hasSize(257);
    }
  }

  @Test
  void runsOfAnotherTypeOrThatHaveEndedAreLeft() throws Exception {
    try (RunsService service = RunsService.start()) {
      for (int i = 0; i < 60; i++) {
        service.log("run" + i, config("run" + i), List.of(step(0, logged(10), 1)));
      }
      service.log("miner", Map.of("type", "miner"), List.of(step(0, logged(10), 1)));
      service.finish("run7");
      URI any = URI.create("wandb+" + service.address() + "/cortex-t/multi-modality?state=any");
      RunsSource all = RunsSource.of(any, Optional.empty(), PATIENCE);
      all.follow(block -> Instant.ofEpochSecond(1_000 + 12 * block));

      assertThat(source(service.address()).samples(1, 20).offers()).hasSize(59);
      assertThat(all.samples(1, 20).offers()).hasSize(60);
    }
  }

  @Test
  void missingAndMistypedKeysCostTheirRunOrStepAlone() throws Exception {
    try (RunsService service = RunsService.start()) {
      Map<String, Object> nobody = Map.of("type", "validator");
      service.log("unsigned", nobody, List.of(step(0, logged(10), 1)));
      Map<String, Object> odd = new HashMap<>(config("odd"));
      odd.put("hotkey", List.of(1, 2));
      service.log("odd", odd, List.of(step(0, logged(10), 1)));
      service.log("forged", config("another"), List.of(step(0, logged(10), 1)));
      Map<String, Object> image = new HashMap<>(step(0, logged(10), 1));
      image.put("modality", "images");
      Map<String, Object> numbers = new HashMap<>(step(1, logged(10), 2));
      numbers.put("prompts.0", 7);
      numbers.put("responses.1", List.of("a"));
      Map<String, Object> timeless = new HashMap<>(step(2, logged(10), 1));
      timeless.put("_timestamp", "now");
      Map<String, Object> distant = new HashMap<>(step(3, 1e300, 1));
      service.log(
          "sound",
          config("sound"),
          Arrays.asList(image, numbers, timeless, distant, step(4, logged(10), 1)));

      SampleSource.Page page = source(service.address()).samples(1, 20);

      assertThat(page.offers()).hasSize(4);
      assertThat(page.offers().stream().filter(Optional::isEmpty)).hasSize(2);
      assertThat(
              page.offers().stream()
                  .flatMap(Optional::stream)
                  .filter(offer -> offer.genuine().getAsBoolean()))
          .hasSize(1);
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private static void refusedWith(
      Answer answer, Class<? extends RuntimeException> kind, String message) throws Exception {
    refusedWith(answer, PATIENCE, kind, message);
  }

  private static void refusedWith(
      Answer answer, Duration patience, Class<? extends RuntimeException> kind, String message)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
    try {
      assertThatThrownBy(
              () ->
                  source("http://127.0.0.1:" + server.getAddress().getPort(), patience)
                      .samples(1, 20))
          .isInstanceOf(kind)
          .hasMessageContaining(message)
          .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(KEY, "\n"));
    } finally {
      server.stop(0);
    }
  }

  private static Answer text(int status, String body) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    };
  }

  @Test
  void whateverElseIsAnsweredIsAOneLineError() throws Exception {
    refusedWith(text(200, "<html>Sign in</html>"), FeedException.class, "did not answer with JSON");
    refusedWith(text(200, "7"), FeedException.class, "JSON that is no GraphQL answer");
    refusedWith(text(200, ""), FeedException.class, "no GraphQL answer");
    refusedWith(text(200, "{\"data\":{\"project\":null}}"), FeedException.class, "has no runs");
    refusedWith(
        text(200, "{\"errors\":[{\"message\":\"no\\nsuch\\u202e thing\"}]}"),
        ConfigurationException.class,
        "refuses the question: no?such? thing");
    refusedWith(text(401, ""), ConfigurationException.class, "refuses the key");
    refusedWith(text(302, ""), ConfigurationException.class, "has the status 302");
    refusedWith(text(503, ""), FeedException.class, "status 503; try again later");
    refusedWith(
        text(
            200,
            "{\"data\":{\"project\":{\"runs\":{\"edges\":[],"
                + "\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"x\"}}}}}"),
        FeedException.class,
        "a page of runs after which none can be asked for");
  }

  @Test
  void anEndlessAnswerEnds() throws Exception {
    refusedWith(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = new byte[1 << 20];
          Arrays.fill(spaces, (byte) ' ');
          for (int i = 0; i < 64; i++) {
            exchange.getResponseBody().write(spaces);
          }
        },
        FeedException.class,
        "answered with more than");
    refusedWith(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 40; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause();
          }
        },
        Duration.ofSeconds(1),
        FeedException.class,
        "did not end its answer within 1 s");
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aKeyDoesNotTravelInTheOpen() {
    assertThatThrownBy(
            () ->
                RunsSource.of(
                    URI.create("wandb+http://api.example.org/a/b"), Optional.of(KEY), PATIENCE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the key would travel in the open");
    assertThatThrownBy(
            () ->
                RunsSource.of(
                    URI.create("wandb+https://api.wandb.ai/a/b?colour=red"),
                    Optional.empty(),
                    PATIENCE))
        .hasMessageContaining("wandb+https://api.wandb.ai/ENTITY/PROJECT?type=validator");
  }
}

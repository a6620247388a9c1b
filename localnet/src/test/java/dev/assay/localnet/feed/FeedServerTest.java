package dev.assay.localnet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Sr25519;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.http.HttpService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedServerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static Corpus corpus;

  private final AtomicLong head = new AtomicLong(20);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpService chain;
  private FeedServer feed;

  @BeforeAll
  static void read() throws IOException {
    corpus = Corpus.read();
  }

  @BeforeEach
  void start() throws IOException {
    chain =
        HttpService.start(
            "chain",
            "127.0.0.1",
            0,
            exchange -> {
              String body =
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"number\":\"0x%x\"}}"
                      .formatted(head.get());
              exchange.answer(200, body.getBytes(StandardCharsets.US_ASCII));
            });
    feed = FeedServer.start(options(3), corpus);
  }

  @AfterEach
  void stop() {
    feed.close();
    chain.close();
  }

  private FeedOptions options(int samplesPerBlock) {
    return options(samplesPerBlock, List.of());
  }

  private FeedOptions options(int samplesPerBlock, List<AnsweringMiner> miners) {
    return new FeedOptions(
        "127.0.0.1",
        0,
        chain.address(),
        new SampleSubnet(1, List.of(Keypair.fromUri("//Alice"), Keypair.fromUri("//Bob")), miners),
        42,
        samplesPerBlock,
        Instant.ofEpochMilli(1_700_000_000_000L),
        Duration.ofSeconds(12));
  }

  @Test
  void everySampleIsSignedByItsSource() throws Exception {
    for (JsonNode sample : lines(get("/samples?from_block=1&to_block=4"))) {
      byte[] id = SampleMaker.id(sample.path("prompt").asText(), sample.path("response").asText());
      byte[] message =
          SampleMaker.message(
              1, sample.path("block").asLong(), sample.path("time").asLong(), id, Optional.empty());
      AccountId source = AccountId.fromSs58(sample.path("source").asText());
      byte[] signature = HexFormat.of().parseHex(sample.path("signature").asText());

      assertThat(sample.path("id").asText()).isEqualTo(HexFormat.of().formatHex(id));
      assertThat(Sr25519.verify(source, message, signature)).isTrue();
      message[message.length - 1] ^= 1;
      assertThat(Sr25519.verify(source, message, signature)).isFalse();
    }
  }

  @Test
  void aSampleNamesWhoAnsweredUnderTheAskersSignature() throws Exception {
    feed.close();
    AccountId answerer = Keypair.fromUri("//Charlie").account();
    feed = FeedServer.start(options(3, List.of(new AnsweringMiner(answerer, 1))), corpus);
    JsonNode sample = lines(get("/samples?from_block=1&to_block=1")).get(0);
    byte[] id = HexFormat.of().parseHex(sample.path("id").asText());
    byte[] message =
        SampleMaker.message(1, 1, sample.path("time").asLong(), id, Optional.of(answerer));

    assertThat(sample.path("answerer").asText()).isEqualTo(answerer.ss58());
    assertThat(
            Sr25519.verify(
                AccountId.fromSs58(sample.path("source").asText()),
                message,
                HexFormat.of().parseHex(sample.path("signature").asText())))
        .isTrue();
  }

  @Test
  void samplesDependOnSeedAndBlockAlone() throws Exception {
    String first = get("/samples?from_block=2&to_block=2").body();
    head.set(500);
    try (FeedServer other = FeedServer.start(options(3), corpus)) {
      URI uri = URI.create(other.address() + "/samples?from_block=2&to_block=3");
      String second = client.send(HttpRequest.newBuilder(uri).build(), text()).body();

      assertThat(second).startsWith(first).isNotEqualTo(first);
    }
    assertThat(lines(get("/samples?from_block=2&to_block=2")))
        .extracting(sample -> sample.path("time").asLong())
        .containsOnly(1_700_000_024_000L);
  }

  @Test
  void neverShowsABlockThatTheChainHasNotReached() throws Exception {
    HttpResponse<String> answer = get("/samples?from_block=20&to_block=30");

    assertThat(lines(answer)).extracting(line -> line.path("block").asLong()).containsOnly(20L);
    assertThat(answer.headers().firstValue(FeedHandler.HEAD_BLOCK)).hasValue("20");
    assertThat(answer.headers().firstValue(FeedHandler.NEXT_BLOCK)).hasValue("21");
    assertThat(get("/samples?from_block=21&to_block=30").body()).isEmpty();
  }

  @Test
  void longSpansComeInPagesOfWholeBlocks() throws Exception {
    head.set(2000);
    feed.close();
    feed = FeedServer.start(options(64), corpus);
    List<Long> blocks = new ArrayList<>();
    String next = "1";
    int pages = 0;
    while (next != null) {
      HttpResponse<String> page = get("/samples?from_block=" + next + "&to_block=20");
      lines(page).forEach(line -> blocks.add(line.path("block").asLong()));
      assertThat(page.body().length()).isLessThan(400_000);
      next = page.headers().firstValue(FeedHandler.NEXT_BLOCK).orElse(null);
      pages++;
    }

    assertThat(pages).isGreaterThan(1);
    assertThat(blocks).hasSize(20 * 64).isSorted();
  }

  @Test
  void answersBadRequestsWithASentence() throws Exception {
    for (String query :
        List.of(
            "",
            "?from_block=1",
            "?from_block=0&to_block=1",
            "?from_block=3&to_block=2",
            "?from_block=x&to_block=1",
            "?from_block=1&to_block=99999999999")) {
      HttpResponse<String> answer = get("/samples" + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(answer.body()).contains("from_block");
    }
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  @Test
  void saysSoWhenTheChainIsAway() throws Exception {
    chain.close();

    HttpResponse<String> answer = get("/samples?from_block=1&to_block=1");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void theDocumentedSampleIsTheRealOne() throws Exception {
    String documentation = Files.readString(Path.of("..", "docs", "feed.md"));
    String example = documentation.substring(documentation.indexOf("```json") + "```json".length());
    String real = get("/samples?from_block=1&to_block=1").body().lines().findFirst().orElseThrow();

    assertThat(JSON.readTree(example).toString()).isEqualTo(real);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(feed.address() + path)).build(), text());
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static List<JsonNode> lines(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.body().split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }
}

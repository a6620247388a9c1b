package dev.assay.localnet.feed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.localnet.http.HttpExchange;
import dev.assay.localnet.http.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /samples?from_block=A&to_block=B}: whole blocks, as many as fit a page. */
final class FeedHandler implements HttpHandler {

  static final String HEAD_BLOCK = "Feed-Head-Block";
  static final String NEXT_BLOCK = "Feed-Next-Block";
  private static final Logger LOG = LoggerFactory.getLogger(FeedHandler.class);
  // Beyond it no block is added to an answer.
  private static final int PAGE_BYTES = 256 << 10;

  private final JsonMapper json = JsonMapper.builder().build();
  private final SampleMaker samples;
  private final ChainHead chain;

  FeedHandler(SampleMaker samples, ChainHead chain) {
    this.samples = samples;
    this.chain = chain;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean served = exchange.path().equals("/samples");
    Optional<BlockSpan> span = BlockSpan.of(exchange.query().orElse(""));
    if (!served) {
      fail(exchange, 404, "this feed serves /samples alone");
    } else if (!exchange.method().equals("GET")) {
      fail(exchange, 405, "use GET");
    } else if (span.isEmpty()) {
      fail(exchange, 400, "give from_block and to_block, 1 <= from_block <= to_block");
    } else {
      answer(exchange, span.get());
    }
  }

  private void answer(HttpExchange exchange, BlockSpan span) throws IOException {
    long head;
    try {
      head = chain.number();
    } catch (IOException e) {
      LOG.warn("the feed cannot ask the chain for its head", e);
      exchange.set("Retry-After", "1");
      fail(exchange, 503, "the feed cannot ask the chain for its newest block; try again");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(exchange, 503, "the feed is stopping");
      return;
    }
    page(exchange, span, head);
  }

  private void page(HttpExchange exchange, BlockSpan span, long head) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    long last = Math.min(span.to(), head);
    long block = span.from();
    while (block <= last && lines.size() < PAGE_BYTES) {
      for (SignedSample sample : samples.of(block)) {
        lines.writeBytes(json.writeValueAsBytes(sample));
        lines.write('\n');
      }
      block++;
    }
    exchange.set(HEAD_BLOCK, Long.toString(head));
    if (block <= span.to()) {
      exchange.set(NEXT_BLOCK, Long.toString(block));
    }
    send(exchange, 200, "application/x-ndjson", lines.toByteArray());
  }

  private void fail(HttpExchange exchange, int status, String reason) throws IOException {
    send(exchange, status, "application/json", json.writeValueAsBytes(Map.of("error", reason)));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body) {
    exchange.set("Content-Type", type);
    exchange.answer(status, body);
  }
}

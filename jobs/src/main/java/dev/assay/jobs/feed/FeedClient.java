package dev.assay.jobs.feed;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.model.hub.http.BoundedBody;
import dev.assay.model.hub.http.HubException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a feed for its samples, an answer at a time; an answer's size and time are bounded. */
public final class FeedClient {
  /** Until an answer begins. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Until it has ended, its last byte included. */
  private static final Duration WHOLE = Duration.ofMinutes(5);

  private static final String LINES = "application/x-ndjson";
  private static final String HEAD_BLOCK = "Feed-Head-Block";
  private static final String CHECK = "check feed.endpoint, or try again later";

  /** One for the process: its threads would outlive every client. */
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private final URI endpoint;
  private final int mostBytes;
  private final Duration whole;

  /**
   * @param mostBytes of one answer; a larger one is an error
   */
  public FeedClient(URI endpoint, int mostBytes) {
    this(endpoint, mostBytes, WHOLE);
  }

  /**
   * @param whole until an answer has ended
   */
  FeedClient(URI endpoint, int mostBytes, Duration whole) {
    this.endpoint = endpoint;
    this.mostBytes = mostBytes;
    this.whole = whole;
  }

  /**
   * A part of the feed.
   *
   * @param lines one sample each, unchecked
   * @param nextBlock the first block asked for that is not in it
   */
  public record Page(List<String> lines, OptionalLong nextBlock) {}

  /**
   * Samples of a span of blocks, both ends included, from its beginning on.
   *
   * @throws FeedException if the feed does not answer as docs/feed.md says
   */
  public Page samples(long fromBlock, long toBlock) throws InterruptedException {
    String base = endpoint.toString().replaceAll("/+$", "");
    URI uri = URI.create(base + "/samples?from_block=" + fromBlock + "&to_block=" + toBlock);
    HttpResponse<byte[]> response = answer(uri);
    if (isNoFeed(response.statusCode())) {
      throw new ConfigurationException(
          "feed.endpoint is "
              + endpoint
              + ", which is not a sample feed: "
              + uri.getPath()
              + " has the status "
              + response.statusCode()
              + "; give it the address of a feed");
    }
    if (response.statusCode() != 200) {
      throw new FeedException(
          uri + " answered with status " + response.statusCode() + "; try again later");
    }
    long head = head(response, uri);
    OptionalLong next = next(response, uri, fromBlock, toBlock);
    requireReached(uri, fromBlock, next.orElse(toBlock + 1) - 1, head);
    return new Page(
        new String(response.body(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList(),
        next);
  }

  private HttpResponse<byte[]> answer(URI uri) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        HTTP.sendAsync(request, info -> new BoundedBody(mostBytes));
    try {
      return answer.get(whole.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      throw new FeedException(
          uri + " did not end its answer within " + whole.toSeconds() + " s; try again later");
    } catch (ExecutionException failed) {
      throw told(uri, failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private FeedException told(URI uri, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HubException.TooLarge) {
        return new FeedException(uri + " answered with more than " + mostBytes + " bytes");
      }
    }
    return new FeedException(
        uri + " cannot be reached: " + Reason.of(failure) + "; check feed.endpoint");
  }

  /** What another service says to a feed's question; a feed says it never, and never will. */
  private static boolean isNoFeed(int status) {
    boolean passes = status == 408 || status == 425 || status == 429;
    return status >= 300 && status < 500 && !passes;
  }

  /**
   * The chain's newest block, as the feed sees it. A proxy's page and a store of files answer with
   * 200 as well, and without a next block: taken as a feed's, that would be blocks without samples.
   */
  private static long head(HttpResponse<?> response, URI uri) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(LINES)) {
      throw new FeedException(
          "%s answered with the content type '%s', and a feed with %s; %s"
              .formatted(uri, HubException.quoted(type), LINES, CHECK));
    }
    try {
      OptionalLong head = response.headers().firstValueAsLong(HEAD_BLOCK);
      if (head.isPresent() && head.getAsLong() >= 0) {
        return head.getAsLong();
      }
    } catch (NumberFormatException malformed) {
      throw new FeedException(
          "%s answered with a %s that is not a number; %s".formatted(uri, HEAD_BLOCK, CHECK));
    }
    throw new FeedException(
        "%s answered without the header %s, which every feed sends; %s"
            .formatted(uri, HEAD_BLOCK, CHECK));
  }

  /** What lies beyond the head isn't there yet; taken as given, it would never be asked for. */
  private static void requireReached(URI uri, long fromBlock, long last, long head) {
    if (last >= fromBlock && last > head) {
      throw new FeedException(
          "%s answered as if it had block %d, and its %s is %d; %s"
              .formatted(uri, last, HEAD_BLOCK, head, CHECK));
    }
  }

  /** A next block that doesn't lie ahead would make a reader ask for ever. */
  private static OptionalLong next(
      HttpResponse<?> response, URI uri, long fromBlock, long toBlock) {
    if (response.headers().firstValue("Feed-Next-Block").isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      OptionalLong next = response.headers().firstValueAsLong("Feed-Next-Block");
      if (next.getAsLong() >= fromBlock && next.getAsLong() <= toBlock) {
        return next;
      }
    } catch (NumberFormatException malformed) {
      throw new FeedException(uri + " answered with a Feed-Next-Block that is not a number");
    }
    throw new FeedException(uri + " answered with a Feed-Next-Block outside of what was asked for");
  }
}

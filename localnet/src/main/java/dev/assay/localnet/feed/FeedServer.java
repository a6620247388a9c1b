package dev.assay.localnet.feed;

import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.http.HttpService;
import dev.assay.localnet.http.PortTakenException;
import java.io.IOException;
import java.net.URI;

/** A running feed. */
public final class FeedServer implements AutoCloseable {

  private final HttpService service;

  private FeedServer(HttpService service) {
    this.service = service;
  }

  /**
   * Starts a feed. The chain is asked only when a request comes.
   *
   * @throws PortTakenException when something else listens on the port
   */
  public static FeedServer start(FeedOptions options, Corpus corpus) throws IOException {
    FeedHandler handler =
        new FeedHandler(new SampleMaker(options, corpus), new ChainHead(options.chain()));
    return new FeedServer(HttpService.start("feed", options.host(), options.port(), handler));
  }

  /** The base address, without a slash at its end. */
  public URI address() {
    return service.address();
  }

  /** Stops listening, breaks off what is under way and waits for its threads to end. */
  @Override
  public void close() {
    service.close();
  }
}

package dev.assay.localnet.hub;

import dev.assay.localnet.http.HttpService;
import dev.assay.localnet.http.PortTakenException;
import java.io.IOException;
import java.net.URI;

/**
 * A running hub. Once it is closed its directory can be opened by another one, which then serves
 * the same.
 */
public final class HubServer implements AutoCloseable {

  private final HttpService service;
  private final ResolveApi files;

  private HubServer(HttpService service, ResolveApi files) {
    this.service = service;
    this.files = files;
  }

  /**
   * Starts a hub on what its directory holds.
   *
   * @throws PortTakenException when something else listens on the port
   * @throws IOException when the directory cannot be written
   */
  public static HubServer start(HubOptions options) throws IOException {
    ContentStore contents = new ContentStore(options.directory(), options.maxFileBytes());
    Repositories repositories =
        new Repositories(options.directory(), options.start().getEpochSecond());
    Tokens tokens = new Tokens(options.tokens());
    ResolveApi files = new ResolveApi(repositories, contents);
    HubRoutes routes =
        new HubRoutes(
            tokens,
            new ModelApi(repositories, contents, tokens),
            new LargeFileApi(repositories, contents, tokens, options.maxFileBytes()),
            files);
    return new HubServer(HttpService.start("hub", options.host(), options.port(), routes), files);
  }

  /** The base address, without a slash at its end: what a client calls the endpoint. */
  public URI address() {
    return service.address();
  }

  /** How many bytes of files it has sent, or begun to send, since it was started. */
  public long bytesSent() {
    return files.bytesSent();
  }

  /** Stops listening, breaks off what is under way and waits for its threads to end. */
  @Override
  public void close() {
    service.close();
  }
}

package dev.assay.model.hub.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Sends calls to the hub: within a deadline, again after passing faults, along redirects, with the
 * token for the endpoint's own host alone. A token that the hub refuses is our fault, so what is
 * read is then asked for without it.
 */
public final class HubHttp {

  private static final int ATTEMPTS = 5;
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_ERROR_BYTES = 64 << 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> MISSING =
      Set.of("RepoNotFound", "RevisionNotFound", "EntryNotFound", "GatedRepo", "DisabledRepo");
  private static final Set<Integer> PASSING = Set.of(408, 500, 502, 503, 504);

  /** One for the process: its threads would outlive every hub's client. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT_TIME)
          .build();

  private final URI endpoint;
  private final Optional<AccessToken> token;
  private final Duration silence;

  /**
   * @param silence for which an answer that is read may bring no byte before it is aborted
   */
  public HubHttp(URI endpoint, Optional<AccessToken> token, Duration silence) {
    this.endpoint = endpoint;
    this.token = token;
    this.silence = silence;
  }

  public Duration silence() {
    return silence;
  }

  /** An address under the endpoint; {@code path} is already percent-encoded. */
  public URI uri(String path) {
    return URI.create(endpoint + path);
  }

  /** Sends a call and takes its answer into memory. */
  public HttpResponse<byte[]> send(HubCall call, int maxBytes, Deadline deadline)
      throws InterruptedException {
    return send(() -> call, info -> new BoundedBody(maxBytes), deadline);
  }

  /**
   * Sends a call until it is answered well.
   *
   * @param call created for each attempt
   * @param body takes the body of an answer with a status of 200 to 299
   * @throws UncheckedIOException when our own disk did not take it
   */
  public HttpResponse<byte[]> send(
      Supplier<HubCall> call, BodyHandler<byte[]> body, Deadline deadline)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      HubCall next = call.get();
      Optional<Duration> wait;
      HubException failure;
      try {
        HttpResponse<byte[]> response = followed(next, body, deadline);
        if (isRefusedToken(next, response)) {
          response = withoutToken(next, response, body, deadline);
        }
        if (response.statusCode() / 100 == 2) {
          return response;
        }
        failure = failure(next, response);
        wait = RateLimit.wait(response.headers(), Instant.now());
        if (!isWorthRepeating(next, response.statusCode())) {
          throw failure;
        }
      } catch (CacheException ours) {
        throw new UncheckedIOException(ours);
      } catch (IOException e) {
        failure = new HubException.Unavailable(next.name() + " failed: " + cause(e), e);
        wait = Optional.empty();
        if (!next.repeatable()) {
          throw failure;
        }
      }
      if (attempt == ATTEMPTS) {
        throw failure;
      }
      deadline.pause(wait.orElse(pause), next.name());
      pause = pause.multipliedBy(2);
    }
  }

  private boolean isRefusedToken(HubCall call, HttpResponse<byte[]> response) {
    return (response.statusCode() == 401 || response.statusCode() == 403)
        && call.method().equals("GET")
        && carriesToken(call);
  }

  /**
   * What the hub answers to anybody. Of a token that it does not know at all, a gated repository
   * says nothing: a good token might open it.
   */
  private HttpResponse<byte[]> withoutToken(
      HubCall call, HttpResponse<byte[]> refused, BodyHandler<byte[]> body, Deadline deadline)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> anonymous = followed(call.anonymous(), body, deadline);
    boolean gated = errorCode(anonymous).equals("GatedRepo");
    if (gated && !errorCode(refused).equals("GatedRepo")) {
      throw new HubException.Refused(
          refused.statusCode(), sentence(call, refused) + "; our token may be at fault");
    }
    return anonymous;
  }

  private static boolean isWorthRepeating(HubCall call, int status) {
    return status == 429 || (call.repeatable() && PASSING.contains(status));
  }

  private HttpResponse<byte[]> followed(HubCall call, BodyHandler<byte[]> body, Deadline deadline)
      throws IOException, InterruptedException {
    HubCall next = call;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<byte[]> response = once(next, body, deadline);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      if (!call.method().equals("GET")) {
        throw new HubException.Refused(
            response.statusCode(), call.name() + " was redirected; give the hub's own address");
      }
      next = next.at(target(next, response));
    }
    throw new HubException.Unavailable(
        call.name() + " was redirected more than " + MAX_REDIRECTS + " times", null);
  }

  private static URI target(HubCall call, HttpResponse<byte[]> response) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI target = call.uri().resolve(location);
      boolean allowed =
          scheme(target).equals("https")
              || (scheme(target).equals("http") && scheme(call.uri()).equals("http"));
      if (allowed && target.getHost() != null) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      throw new HubException.Unavailable(call.name() + " was redirected to nonsense", e);
    }
    throw new HubException.Unavailable(
        call.name() + " was redirected to '" + HubException.quoted(location) + "', refused", null);
  }

  /** By a redirect, or by the address that the hub names for an upload. */
  private void requireNoNearer(HubCall call) {
    if (isEndpoint(call.uri())) {
      return;
    }
    Reach there = Reach.of(call.uri());
    Reach hub = Reach.of(endpoint);
    if (there.compareTo(hub) > 0) {
      throw new HubException.Unavailable(
          "%s is refused: the hub sends us to %s, and is at %s itself; if that is meant, name the"
                  .formatted(call.name(), there.words(), hub.words())
              + " hub by an address of its own network");
    }
  }

  private HttpResponse<byte[]> once(HubCall call, BodyHandler<byte[]> body, Deadline deadline)
      throws IOException, InterruptedException {
    requireNoNearer(call);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri()).method(call.method(), call.body());
    call.headers().forEach(request::header);
    if (carriesToken(call)) {
      token.ifPresent(value -> request.header("Authorization", value.header()));
    }
    Silence heard = new Silence(call.method().equals("GET") ? silence : deadline.left());
    BodyHandler<byte[]> handler =
        info ->
            heard.listening(
                info.statusCode() / 100 == 2 ? body.apply(info) : new BoundedBody(MAX_ERROR_BYTES));
    deadline.required(call.name());
    CompletableFuture<HttpResponse<byte[]>> answer = CLIENT.sendAsync(request.build(), handler);
    try {
      return heard.await(answer, call.name(), deadline);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      // Closes the connection once no caller waits for it.
      answer.cancel(true);
    }
  }

  private static IOException rethrown(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HubException hub) {
        throw hub;
      }
      if (cause instanceof CacheException ours) {
        return ours;
      }
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  private static HubException failure(HubCall call, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String sentence = sentence(call, response);
    if (status == 429 || status == 408 || status >= 500) {
      return new HubException.Unavailable(sentence, null);
    }
    if (status == 416) {
      return new HubException.Broken(sentence + "; the file has fewer bytes than announced");
    }
    if (MISSING.contains(errorCode(response)) || isHiddenFromAnybody(response)) {
      return new HubException.NotFound(sentence);
    }
    if (status == 404) {
      // Not a hub's 404: more likely a wrong endpoint, for which no miner shall pay.
      return new HubException.Unavailable(sentence + "; is that address a hub's?");
    }
    return new HubException.Refused(status, sentence);
  }

  // Without a token, the hub doesn't tell a missing repository from a private one.
  private static boolean isHiddenFromAnybody(HttpResponse<byte[]> response) {
    return response.statusCode() == 401
        && errorCode(response).isEmpty()
        && errorMessage(response).startsWith("Invalid username or password");
  }

  private static String sentence(HubCall call, HttpResponse<byte[]> response) {
    String message = errorMessage(response);
    return "%s was answered %d: %s"
        .formatted(
            call.name(),
            response.statusCode(),
            message.isEmpty() ? "no reason given" : HubException.quoted(message));
  }

  private static String errorCode(HttpResponse<byte[]> response) {
    return response.headers().firstValue("X-Error-Code").orElse("");
  }

  private static String errorMessage(HttpResponse<byte[]> response) {
    return response.headers().firstValue("X-Error-Message").orElse("");
  }

  private boolean carriesToken(HubCall call) {
    return token.isPresent() && call.withToken() && isEndpoint(call.uri());
  }

  private boolean isEndpoint(URI uri) {
    return scheme(uri).equals(scheme(endpoint))
        && endpoint.getHost().equalsIgnoreCase(uri.getHost())
        && port(uri) == port(endpoint);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String cause(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : HubException.quoted(e.getMessage());
  }
}

package dev.assay.model.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.Deadline;
import dev.assay.model.hub.http.HubCall;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.hub.http.HubHttp;
import dev.assay.model.hub.http.SecondLook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client of one hub and of mirrors that serve the same. What is read is asked of the hub first,
 * and of the mirrors where it does not answer or has delivered something wrong. Safe for use by
 * several threads. Every method may throw a {@link HubException} whose kind tells whose fault it
 * can be; each waits out rate limits and repeats what fails in passing, within its time limit.
 */
public final class HubClient {

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final Duration REQUEST_TIME = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;
  private static final int MAX_ANSWER_BYTES = 8 << 20;
  private static final RepositoryId NOBODY = new RepositoryId("assay", "is-a-hub-there");

  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final URI endpoint;
  private final Optional<AccessToken> token;
  private final List<URI> mirrors;
  private final HuggingFaceCache earlier;
  private final HubHttp http;
  private final SecondLook looks;

  private HubClient(
      URI endpoint,
      Optional<AccessToken> token,
      List<URI> mirrors,
      HuggingFaceCache earlier,
      Duration silence) {
    this.endpoint = endpoint;
    this.token = token;
    this.mirrors = mirrors;
    this.earlier = earlier;
    this.http = new HubHttp(base(endpoint), token, silence);
    List<HubHttp> all = new ArrayList<>(List.of(http));
    mirrors.forEach(mirror -> all.add(new HubHttp(base(mirror), Optional.empty(), silence)));
    this.looks = new SecondLook(all);
  }

  private static URI base(URI endpoint) {
    String address = endpoint.toString();
    boolean usable =
        endpoint.getHost() != null
            && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
            && endpoint.getRawQuery() == null
            && endpoint.getRawUserInfo() == null;
    if (!usable) {
      throw new IllegalArgumentException(
          "the hub's endpoint must be an http or https address without a query or a password");
    }
    return address.endsWith("/")
        ? URI.create(address.substring(0, address.length() - 1))
        : endpoint;
  }

  /** A client that reads without a token. */
  public static HubClient of(URI endpoint) {
    return new HubClient(endpoint, Optional.empty(), List.of(), HuggingFaceCache.NONE, SILENCE);
  }

  /** A client that sends the token to the endpoint's host, and to no other. */
  public static HubClient of(URI endpoint, AccessToken token) {
    return new HubClient(endpoint, Optional.of(token), List.of(), HuggingFaceCache.NONE, SILENCE);
  }

  /** The same client with mirrors, which never get the token. */
  public HubClient withMirrors(List<URI> others) {
    return new HubClient(endpoint, token, List.copyOf(others), earlier, http.silence());
  }

  /** The same client, which breaks an answer off that brings no byte for so long (30 s). */
  public HubClient withSilence(Duration allowed) {
    return new HubClient(endpoint, token, mirrors, earlier, allowed);
  }

  /**
   * The same client, which takes from another's downloads what the hub announces, if it is there.
   */
  public HubClient withDownloads(HuggingFaceCache others) {
    return new HubClient(endpoint, token, mirrors, others, http.silence());
  }

  /**
   * Whether a hub answers at the endpoint, or at a mirror: by words that only a hub has.
   *
   * @return empty if one does, else what the endpoint said instead
   */
  public Optional<String> outage() throws InterruptedException {
    Optional<String> first = Optional.empty();
    for (HubHttp hub : looks.endpoints()) {
      try {
        get(hub, hub.uri(HubPaths.info(NOBODY)), Deadline.after(REQUEST_TIME));
        return Optional.empty();
      } catch (HubException.NotFound hubsWord) {
        return Optional.empty();
      } catch (HubException other) {
        first = first.or(() -> Optional.of(other.getMessage()));
      }
    }
    return first;
  }

  /** Creates a public repository; one that exists is left as it is. */
  public void createRepository(RepositoryId repository) throws InterruptedException {
    createRepository(repository, false);
  }

  /**
   * Creates a repository; one that exists is left as it is.
   *
   * @param isPrivate whether only its owner sees it
   */
  public void createRepository(RepositoryId repository, boolean isPrivate)
      throws InterruptedException {
    ObjectNode body =
        JSON.createObjectNode()
            .put("type", repository.isDataset() ? "dataset" : "model")
            .put("visibility", isPrivate ? "private" : "public");
    body.put("name", repository.name()).put("organization", repository.namespace());
    try {
      http.send(
          HubCall.post(http.uri(HubPaths.CREATE), "application/json", bytes(body), true),
          MAX_ANSWER_BYTES,
          Deadline.after(REQUEST_TIME));
    } catch (HubException.Refused e) {
      if (e.status() != CONFLICT) {
        throw e;
      }
    }
  }

  /** Shows a repository to everybody. */
  public void makePublic(RepositoryId repository) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("visibility", "public");
    http.send(
        HubCall.put(http.uri(HubPaths.settings(repository)), "application/json", bytes(body)),
        MAX_ANSWER_BYTES,
        Deadline.after(REQUEST_TIME));
  }

  /**
   * Publishes files by one commit on the main branch; files not named stay as they are.
   *
   * @param files local files by their path in the repository
   * @return the new revision
   * @throws IOException when a local file cannot be read
   */
  public Revision commit(RepositoryId repository, String message, Map<String, Path> files)
      throws IOException, InterruptedException {
    return new Publication(http, repository).commit(message, files);
  }

  /** What the hub says of the main branch's newest revision. */
  public RepositoryInfo info(RepositoryId repository) throws InterruptedException {
    Deadline deadline = Deadline.after(REQUEST_TIME);
    JsonNode info = read(hub -> get(hub, hub.uri(HubPaths.info(repository)), deadline)).node();
    List<String> paths = new ArrayList<>();
    for (JsonNode sibling : info.path("siblings")) {
      paths.add(sibling.path("rfilename").asText());
    }
    return new RepositoryInfo(
        new Revision(info.path("sha").asText()), paths, info.path("private").asBoolean());
  }

  /** All files of a revision, in the hub's order. */
  public List<HubFile> tree(RepositoryId repository, Revision revision)
      throws InterruptedException {
    Deadline deadline = Deadline.after(REQUEST_TIME);
    return read(hub -> tree(hub, repository, revision, deadline));
  }

  /**
   * Asks for a file's first byte: what everybody sees listed may be open to few.
   *
   * @throws HubException.NotFound also where the repository is gated, and we are not let in
   */
  public void requireReadable(RepositoryId repository, Revision revision, HubFile file)
      throws InterruptedException {
    Deadline deadline = Deadline.after(REQUEST_TIME);
    String path = HubPaths.resolve(repository, revision, file.path());
    read(
        hub ->
            hub.send(
                HubCall.get(hub.uri(path), Map.of("Range", "bytes=0-0")),
                MAX_ANSWER_BYTES,
                deadline));
  }

  /**
   * Brings the files of a revision whose names are allowed onto the local disk: whole, verified by
   * the digests that the hub announces, within the limits. What the cache holds is not fetched
   * again; what broke off is continued. Processes may share the cache.
   *
   * @param allowed file names, where {@code *} stands for any characters but a slash
   * @param cache a folder of a local disk, created when missing
   * @throws HubException.NotFound also when the revision holds none of the allowed files
   * @throws IOException when the cache cannot be written
   */
  public Snapshot download(
      RepositoryId repository,
      Revision revision,
      Collection<String> allowed,
      DownloadLimits limits,
      Path cache)
      throws IOException, InterruptedException {
    return download(
        repository,
        revision,
        FileSelection.matching(allowed),
        "none of the files " + allowed,
        limits,
        cache);
  }

  /** Downloads a revision's checkpoint: the files that {@link DirectoryHash} covers. */
  Snapshot checkpoint(RepositoryId repository, Revision revision, DownloadLimits limits, Path cache)
      throws IOException, InterruptedException {
    return download(
        repository,
        revision,
        new FileSelection(DirectoryHash::covers),
        "no file of a checkpoint",
        limits,
        cache);
  }

  private Snapshot download(
      RepositoryId repository,
      Revision revision,
      FileSelection selection,
      String nothing,
      DownloadLimits limits,
      Path cache)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(limits.wallTime());
    return looks.answer(
        hub -> {
          List<HubFile> files = selection.of(tree(hub, repository, revision, deadline), limits);
          if (files.isEmpty()) {
            throw new HubException.NotFound(repository + " holds " + nothing + " at " + revision);
          }
          return new Download(hub, new HubCache(cache), earlier, repository, revision, deadline)
              .of(files);
        });
  }

  private <T> T read(SecondLook.Question<T> question) throws InterruptedException {
    try {
      return looks.answer(question);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an answer in memory needs no file", impossible);
    }
  }

  private static List<HubFile> tree(
      HubHttp hub, RepositoryId repository, Revision revision, Deadline deadline)
      throws InterruptedException {
    Listing listing = new Listing();
    Set<URI> seen = new HashSet<>();
    Optional<URI> next = Optional.of(hub.uri(HubPaths.tree(repository, revision)));
    while (next.isPresent()) {
      if (!seen.add(next.get())) {
        // The hub's fault: counted as files, it would be the publisher's.
        throw new HubException.Unavailable(
            "the hub's listing of %s at %s leads to a page of it again"
                .formatted(repository, revision));
      }
      Page page = get(hub, next.get(), deadline);
      listing.add(page.node());
      next = page.next();
    }
    return listing.files();
  }

  private static Page get(HubHttp hub, URI uri, Deadline deadline) throws InterruptedException {
    HubCall call = HubCall.get(uri, Map.of("Accept", "application/json"));
    HttpResponse<byte[]> response = hub.send(call, MAX_ANSWER_BYTES, deadline);
    return new Page(parsed(response.body(), call), NextPage.of(uri, response.headers()));
  }

  static JsonNode parsed(byte[] body, HubCall call) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      // Not only malformed JSON: also bytes that are no text.
      throw new HubException.Unavailable(call.name() + " was not answered with JSON", e);
    }
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing a tree of plain values cannot fail", e);
    }
  }

  private record Page(JsonNode node, Optional<URI> next) {}
}

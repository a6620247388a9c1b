package dev.assay.model.hub.http;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/**
 * One request to be made.
 *
 * @param withToken whether the token goes along; it never goes to another host than the endpoint's
 * @param repeatable whether it may be sent again when its fate is unknown
 */
public record HubCall(
    String method,
    URI uri,
    Map<String, String> headers,
    BodyPublisher body,
    boolean withToken,
    boolean repeatable) {

  public static HubCall get(URI uri, Map<String, String> headers) {
    return new HubCall("GET", uri, headers, BodyPublishers.noBody(), true, true);
  }

  public static HubCall post(URI uri, String mediaType, byte[] body, boolean repeatable) {
    return new HubCall(
        "POST",
        uri,
        Map.of("Content-Type", mediaType),
        BodyPublishers.ofByteArray(body),
        true,
        repeatable);
  }

  /** A call that sets something: harmless to repeat. */
  public static HubCall put(URI uri, String mediaType, byte[] body) {
    return new HubCall(
        "PUT",
        uri,
        Map.of("Content-Type", mediaType),
        BodyPublishers.ofByteArray(body),
        true,
        true);
  }

  public HubCall at(URI other) {
    return new HubCall(method, other, headers, body, withToken, repeatable);
  }

  /** The same call without a token. */
  public HubCall anonymous() {
    return new HubCall(method, uri, headers, body, false, repeatable);
  }

  /** Method and address without its query, which may carry a permission of its own. */
  public String name() {
    return HubException.quoted(method + " " + uri.getAuthority() + uri.getRawPath());
  }
}

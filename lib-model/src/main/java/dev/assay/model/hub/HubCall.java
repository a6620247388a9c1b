package dev.assay.model.hub;

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
record HubCall(
    String method,
    URI uri,
    Map<String, String> headers,
    BodyPublisher body,
    boolean withToken,
    boolean repeatable) {

  static HubCall get(URI uri, Map<String, String> headers) {
    return new HubCall("GET", uri, headers, BodyPublishers.noBody(), true, true);
  }

  static HubCall post(URI uri, String mediaType, byte[] body, boolean repeatable) {
    return new HubCall(
        "POST",
        uri,
        Map.of("Content-Type", mediaType),
        BodyPublishers.ofByteArray(body),
        true,
        repeatable);
  }

  HubCall at(URI other) {
    return new HubCall(method, other, headers, body, withToken, repeatable);
  }

  /** The same call without a token. */
  HubCall anonymous() {
    return new HubCall(method, uri, headers, body, false, repeatable);
  }

  /** Method and address without its query, which may carry a permission of its own. */
  String name() {
    return HubException.quoted(method + " " + uri.getAuthority() + uri.getRawPath());
  }
}

package dev.assay.model.hub;

import dev.assay.model.hub.http.HubException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a listing's next page, from the {@code Link} header (RFC 8288). */
final class NextPage {

  private static final Pattern LINK = Pattern.compile("<([^>]{1,4096})>\\s*;\\s*rel=\"?next\"?");

  private NextPage() {}

  /**
   * The next page, if there is one.
   *
   * @throws HubException.Unavailable when it would be on another host
   */
  static Optional<URI> of(URI page, HttpHeaders headers) {
    Matcher link = LINK.matcher(headers.firstValue("Link").orElse(""));
    if (!link.find()) {
      return Optional.empty();
    }
    try {
      URI next = page.resolve(link.group(1));
      if (page.getAuthority().equals(next.getAuthority())
          && page.getScheme().equals(next.getScheme())) {
        return Optional.of(next);
      }
    } catch (IllegalArgumentException e) {
      throw new HubException.Unavailable("the hub's next page has no address", e);
    }
    throw new HubException.Unavailable("the hub's next page is on another host, refused", null);
  }
}

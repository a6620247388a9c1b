package dev.assay.model.hub;

import dev.assay.model.hub.http.HubException;
import java.util.regex.Pattern;

/** A full commit id: 40 lower-case hex digits. Unlike a branch it always names the same files. */
public record Revision(String hex) {

  private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}");

  /**
   * Checks the digits.
   *
   * @throws HubException.MutableRevision when it is a branch, a tag or a shortened id
   */
  public Revision {
    if (!FULL.matcher(hex).matches()) {
      throw new HubException.MutableRevision(hex);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}

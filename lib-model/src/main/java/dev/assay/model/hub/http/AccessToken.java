package dev.assay.model.hub.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A bearer token for the hub. Its text never shows in {@code toString}. */
public final class AccessToken {

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private final String secret;

  private AccessToken(String secret) {
    this.secret = secret;
  }

  /**
   * Wraps a token's text.
   *
   * @throws IllegalArgumentException when it is empty or holds a character that a header cannot
   */
  public static AccessToken of(String secret) {
    if (!VISIBLE.matcher(secret).matches()) {
      throw new IllegalArgumentException("the hub's token must be 1 to 4096 visible characters");
    }
    return new AccessToken(secret);
  }

  /** Reads a token from a file that holds nothing else; white space around it is dropped. */
  public static AccessToken fromFile(Path file) throws IOException {
    return of(Files.readString(file).strip());
  }

  String header() {
    return "Bearer " + secret;
  }

  @Override
  public String toString() {
    return "AccessToken[hidden]";
  }
}

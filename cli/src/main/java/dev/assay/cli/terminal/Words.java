package dev.assay.cli.terminal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Converts a command line's arguments; picocli adds the option that they belong to. */
public final class Words {
  private Words() {}

  /** A path. An empty one would mean the working directory, which is never the intention. */
  public static Path path(String word) {
    if (word.isBlank()) {
      throw new TypeConversionException("an empty path; write one");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException impossible) {
      throw new TypeConversionException(
          "'" + word + "' contains a character that paths can't have");
    }
  }

  /** The address of a service that is spoken to over HTTP. */
  public static URI address(String word) {
    try {
      URI address = new URI(word);
      String scheme = String.valueOf(address.getScheme());
      if (scheme.matches("(?i)https?")
          && address.getHost() != null
          && address.getPort() <= 65_535) {
        return address;
      }
    } catch (URISyntaxException malformed) {
      // Told below, as what has no scheme is.
    }
    throw new TypeConversionException("'" + word + "' is not an address such as https://host:port");
  }
}

package dev.assay.jobs.config.tables;

import dev.assay.score.Limits;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The object store behind addresses that begin with {@code s3a:}. Keys are none of it: S3A takes
 * them from the environment, the machine or Hadoop's own files, and nothing here ever holds them.
 *
 * @param endpoint {@code http(s)://HOST:PORT} of a store that speaks S3; empty: Amazon's
 * @param region of the buckets; empty: the client finds it out
 * @param pathStyle whether the bucket is in the address's path and not in the host's name
 */
public record S3Settings(String endpoint, String region, boolean pathStyle) {
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{0,64}");

  /** Without what may be keys before the bucket's name, and with one slash between two names. */
  private static final Pattern FOLDER =
      Pattern.compile("s3a://[a-z0-9][a-z0-9.-]{1,62}(?:/[^/\\s]+)+");

  /** Amazon's, wherever the bucket is. */
  public static final S3Settings AMAZON = new S3Settings("", "", false);

  public S3Settings {
    endpoint = endpoint == null ? "" : endpoint.strip();
    region = region == null ? "" : region.strip();
    String address = endpoint;
    String name = region;
    Limits.all(() -> requireEndpoint(address), () -> requireRegion(name));
  }

  private static void requireEndpoint(String address) {
    try {
      URI uri = new URI(address);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean isBare = uri.getUserInfo() == null && uri.getQuery() == null;
      if (address.isEmpty() || (isHttp && isBare && uri.getHost() != null)) {
        return;
      }
    } catch (URISyntaxException malformed) {
      // Said below.
    }
    // Not shown: keys may be in it.
    throw new IllegalArgumentException(
        "s3.endpoint is no address of a store; https://HOST:PORT, with the keys in"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }

  private static void requireRegion(String name) {
    if (!REGION.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "s3.region is no name of a region; one such as eu-central-1, or empty");
    }
  }

  /** What Hadoop is told, by its own names; nothing of what is left to the client. */
  public Map<String, String> hadoop() {
    Map<String, String> settings = new TreeMap<>();
    if (!endpoint.isEmpty()) {
      settings.put("fs.s3a.endpoint", endpoint);
      settings.put(
          "fs.s3a.connection.ssl.enabled", Boolean.toString(endpoint.startsWith("https:")));
      // A store of one's own has no regions, and asks for a name to be signed all the same.
      settings.put("fs.s3a.endpoint.region", region.isEmpty() ? "us-east-1" : region);
    } else if (!region.isEmpty()) {
      settings.put("fs.s3a.endpoint.region", region);
    }
    if (pathStyle) {
      settings.put("fs.s3a.path.style.access", "true");
    }
    return settings;
  }

  /** Whether an address is one of an object store that speaks S3. */
  public static boolean isAddress(String place) {
    return place.startsWith("s3a://");
  }

  /**
   * What is wrong with such an address; it is not shown, since keys may be in it.
   *
   * @param name of the setting, or of what else has it
   * @return empty for {@code s3a://BUCKET/FOLDER}
   */
  public static Optional<String> wrongFolder(String name, String address) {
    return FOLDER.matcher(address).matches()
        ? Optional.empty()
        : Optional.of(name + " is no folder of a bucket; s3a://BUCKET/FOLDER");
  }
}

package dev.assay.jobs.config;

import dev.assay.jobs.config.tables.S3Settings;
import dev.assay.score.Limits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Bounds of single settings; what they throw names the key in the file. */
final class Require {
  private Require() {}

  static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(key + " is " + value + "; at least " + least);
    }
  }

  static void within(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(key + " is " + value + "; from " + least + " to " + most);
    }
  }

  static void within(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(key + " is " + value + "; from " + least + " to " + most);
    }
  }

  /** A time of one step or more, in whole steps, as many as an int counts. */
  static void whole(String key, Duration value, Duration step) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is empty; give it a value");
    }
    long steps = value.dividedBy(step);
    if (steps < 1 || steps > Integer.MAX_VALUE || !step.multipliedBy(steps).equals(value)) {
      throw new IllegalArgumentException(
          "%s is %s; at least %s and at most %s, in steps of %s"
              .formatted(
                  key,
                  Measures.text(value),
                  Measures.text(step),
                  Measures.text(step.multipliedBy(Integer.MAX_VALUE)),
                  Measures.text(step)));
    }
  }

  static void within(String key, DataSize value, DataSize least, DataSize most) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is empty; give it a value");
    }
    if (value.bytes() < least.bytes() || value.bytes() > most.bytes()) {
      throw new IllegalArgumentException(
          "%s is %s; from %s to %s"
              .formatted(key, Measures.text(value), Measures.text(least), Measures.text(most)));
    }
  }

  /** One of some words. */
  static void oneOf(String key, String value, String... words) {
    present(key, value);
    if (!List.of(words).contains(value)) {
      throw new IllegalArgumentException(key + " is " + value + "; " + String.join(" or ", words));
    }
  }

  /** A path of this machine, or the address of an object store. */
  static void path(String key, String value) {
    present(key, value);
    if (S3Settings.isAddress(value)) {
      S3Settings.wrongFolder(key, value)
          .ifPresent(
              wrong -> {
                throw new IllegalArgumentException(wrong);
              });
    }
    try {
      if (!value.contains("://")) {
        var unused = Path.of(value);
      }
    } catch (InvalidPathException impossible) {
      throw new IllegalArgumentException(
          key + " holds a character that no path has; write another one", impossible);
    }
  }

  /** A path of this machine, or of a bucket of an object store that speaks S3. */
  static void folderOrBucket(String key, String value) {
    path(key, value);
    if (value.contains("://") && !S3Settings.isAddress(value)) {
      throw new IllegalArgumentException(
          key + " is " + value + "; a folder, or s3a://BUCKET/FOLDER");
    }
  }

  /** An address of any kind: of a service with a host, or of a file with its path. */
  static void place(String key, String value) {
    present(key, value);
    try {
      URI uri = new URI(value);
      if (uri.getScheme() == null || (uri.getHost() == null && uri.getPath() == null)) {
        throw new URISyntaxException(value, "no address");
      }
      if (uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
        address(key, value, "https", "http");
      }
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          key + " is " + value + "; an address such as https://host:port", malformed);
    }
  }

  /** Addresses of services, each as {@link #address} wants it. */
  static void addresses(String key, List<String> values, String... schemes) {
    Limits.all(
        values.stream()
            .<Runnable>map(value -> () -> address(key, value, schemes))
            .toArray(Runnable[]::new));
  }

  /** An address of a service: its scheme one of those given, and a host. */
  static void address(String key, String value, String... schemes) {
    present(key, value);
    if (!isAddress(value, List.of(schemes))) {
      throw new IllegalArgumentException(
          key + " is " + value + "; an address such as " + schemes[0] + "://host:port");
    }
  }

  private static boolean isAddress(String value, List<String> schemes) {
    try {
      URI uri = new URI(value);
      return uri.getScheme() != null
          && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
          && uri.getHost() != null
          && uri.getPort() <= 65_535;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  static void present(String key, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + " is empty; give it a value");
    }
  }

  /** A list without empty entries; none at all where the key is left out. */
  static <T> List<T> entries(String key, List<T> values) {
    if (values == null) {
      return List.of();
    }
    if (values.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(key + " has an empty entry; remove it");
    }
    return List.copyOf(values);
  }
}

package dev.assay.jobs.storage;

import dev.assay.jobs.config.tables.S3Settings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * How Hadoop's client of object stores, S3A, is set. What an operator has set in Hadoop's own files
 * or for Spark goes before all of it but {@code s3.endpoint} and its like.
 */
public final class S3Client {
  private static final Map<String, String> USUAL =
      Map.of(
          // A store that is away is told after half a minute, not after several.
          "fs.s3a.attempts.maximum", "3",
          "fs.s3a.retry.limit", "5",
          // The other kind of stream keeps what it has read by name, and may show it later.
          "fs.s3a.input.stream.type", "classic",
          // What is about to be sent goes where everything temporary does, and with it.
          "fs.s3a.buffer.dir", "${java.io.tmpdir}/s3a");

  private static final String HADOOPS_OWN = "core-default.xml";

  private S3Client() {}

  /** The same settings, with those of the store. */
  public static Configuration configuration(Configuration hadoop, S3Settings settings) {
    Configuration own = new Configuration(hadoop);
    USUAL.forEach(
        (key, value) -> {
          if (isUnset(own, key)) {
            own.set(key, value);
          }
        });
    settings.hadoop().forEach(own::set);
    return own;
  }

  /** The same for a session of Spark, which has no settings of Hadoop yet. */
  public static Map<String, String> settings(S3Settings settings) {
    Map<String, String> all = new TreeMap<>(USUAL);
    all.putAll(settings.hadoop());
    return all;
  }

  private static boolean isUnset(Configuration hadoop, String key) {
    String[] sources = hadoop.getPropertySources(key);
    return sources == null
        || sources.length == 0
        || sources[sources.length - 1].contains(HADOOPS_OWN);
  }
}

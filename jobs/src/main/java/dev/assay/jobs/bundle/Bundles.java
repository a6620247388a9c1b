package dev.assay.jobs.bundle;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.Place;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * All bundles of one validator.
 *
 * @param place that has the objects of each evaluation under its id
 */
public record Bundles(Place place) {
  private static final String LATEST = "latest";
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,64}");

  /** Those in {@code paths.bundles}. */
  public static Bundles of(AssayConfiguration configuration) {
    return of(configuration, new Configuration());
  }

  /**
   * The same.
   *
   * @param hadoop what is set for the object store's client, in a session of Spark
   */
  public static Bundles of(AssayConfiguration configuration, Configuration hadoop) {
    return new Bundles(Place.at(configuration.paths().bundles(), configuration.s3(), hadoop));
  }

  /** Whether a word may name an evaluation: {@code latest}, or first digits of an id. */
  public static boolean isName(String word) {
    return word.equals(LATEST) || DIGITS.matcher(word).matches();
  }

  /** The bundle of one evaluation, whether there is one or not. */
  public BundleFolder bundle(String evaluation) {
    return new BundleFolder(place.objects(evaluation));
  }

  /**
   * The whole bundle of an evaluation.
   *
   * @param name its id, the first digits of it that no other has, or {@code latest}, which is the
   *     one of the highest block
   * @throws ConfigurationException if there is none of that name, or several are
   */
  public BundleFolder named(String name) {
    List<BundleFolder> meant =
        name.equals(LATEST)
            ? all("").stream().max(Comparator.comparingLong(Bundles::block)).stream().toList()
            : all(name);
    if (meant.size() == 1) {
      return meant.get(0);
    }
    throw new ConfigurationException(
        meant.isEmpty()
            ? "%s has no bundle %s; name a bundle's folder, or correct paths.bundles"
                .formatted(place.address(), name)
            : "%d bundles in %s begin with %s; write more of the id"
                .formatted(meant.size(), place.address(), name));
  }

  private static long block(BundleFolder bundle) {
    return Long.parseLong(bundle.manifest().facts().getOrDefault("block", "0"));
  }

  private List<BundleFolder> all(String prefix) {
    return place.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(this::bundle)
        .filter(BundleFolder::exists)
        .toList();
  }
}

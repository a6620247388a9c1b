package dev.assay.jobs.bundle;

import dev.assay.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All bundles of one validator.
 *
 * @param folder that has one folder for each evaluation, by its id
 */
public record Bundles(Path folder) {
  private static final String LATEST = "latest";
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,64}");

  /** Whether a word may name an evaluation: {@code latest}, or first digits of an id. */
  public static boolean isName(String word) {
    return word.equals(LATEST) || DIGITS.matcher(word).matches();
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
                .formatted(folder, name)
            : "%d bundles in %s begin with %s; write more of the id"
                .formatted(meant.size(), folder, name));
  }

  private static long block(BundleFolder bundle) {
    return Long.parseLong(bundle.manifest().facts().getOrDefault("block", "0"));
  }

  private List<BundleFolder> all(String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(each -> each.getFileName().toString().startsWith(prefix))
          .map(each -> new BundleFolder(each.toAbsolutePath().normalize()))
          .filter(BundleFolder::exists)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          folder + " cannot be listed; check its permissions", unreadable);
    }
  }
}

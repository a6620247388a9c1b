package dev.assay.jobs;

import java.util.Map;

/** Paths that begin with {@code ~/}, as shells and Bittensor's own tools read them. */
public final class HomeFolder {
  private static final String SHORT = "~/";

  private HomeFolder() {}

  /**
   * A path with the home folder in place of {@code ~}: {@code HOME} of the environment, else the
   * one that the system has of the user.
   */
  public static String expanded(String path, Map<String, String> environment) {
    if (path == null || !path.startsWith(SHORT)) {
      return path;
    }
    String home = environment.getOrDefault("HOME", "");
    return (home.isBlank() ? System.getProperty("user.home") : home) + path.substring(1);
  }
}

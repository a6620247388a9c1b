package dev.assay.interoperation;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where these tests find and put files; the module's pom names each. */
final class Places {

  private Places() {}

  /** The build's own folder. */
  static Path target() {
    return named("interoperation.target");
  }

  /** The scripts that run under Node.js and Python. */
  static Path scripts() {
    return named("interoperation.scripts");
  }

  /** Where clients that are kept between runs lie, each in a folder of its own. */
  static Path clients() {
    String elsewhere = System.getenv("ASSAY_INTEROP_CLIENTS");
    return elsewhere == null || elsewhere.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "assay")
        : Path.of(elsewhere).toAbsolutePath();
  }

  /** A recorded file of the real chain. */
  static Path recorded(String name) {
    Path file = named("shared.data").resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(
          "the recorded file "
              + name
              + " of the real chain is missing: name its folder by -Dshared.data=FOLDER");
    }
    return file;
  }

  private static Path named(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new AssertionError(
          "the property " + property + " is not set: run mvn -Pinteroperation verify");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }
}

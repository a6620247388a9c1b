package dev.assay.score.bundle;

/** The first line of every text: what it is and by which version of its form. */
final class Versions {
  private Versions() {}

  static void check(LineReader in, String header, long version) {
    check(in, header, version, version);
  }

  /** Passes over the first line of a text whose older forms from {@code oldest} on can be read. */
  static void check(LineReader in, String header, long oldest, long version) {
    long found = in.expect(header).integer();
    in.endLine();
    if (found < oldest || found > version) {
      throw new UnknownVersionException(
          "line 1: "
              + header
              + " has version "
              + found
              + ", this release reads version "
              + (oldest == version ? "" : oldest + " to ")
              + version
              + "; use the release that the bundle's manifest names");
    }
  }
}

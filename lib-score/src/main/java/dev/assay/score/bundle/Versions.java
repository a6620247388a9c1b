package dev.assay.score.bundle;

/** The first line of every text: what it is and by which version of its form. */
final class Versions {
  private Versions() {}

  static void check(LineReader in, String header, long version) {
    long found = in.expect(header).integer();
    in.endLine();
    if (found != version) {
      throw new IllegalArgumentException(
          "line 1: "
              + header
              + " has version "
              + found
              + ", this release reads version "
              + version
              + "; use the release that the bundle's manifest names");
    }
  }
}

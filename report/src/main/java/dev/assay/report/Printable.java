package dev.assay.report;

/** Makes text that a miner, a hub or an endpoint chose safe to show. */
public final class Printable {
  private Printable() {}

  /**
   * For a terminal, and for a page before it is escaped: control characters, which could move the
   * cursor or ring, become {@code ?}.
   */
  public static String onTerminal(String text) {
    return text.codePoints()
        .map(point -> isHarmless(point) ? point : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      // Format characters include the ones that reverse the direction of writing.
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}

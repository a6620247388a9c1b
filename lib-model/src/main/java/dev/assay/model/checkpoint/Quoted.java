package dev.assay.model.checkpoint;

/** Text that a miner chose, made safe to print: bounded, and nothing but visible ASCII. */
final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  /**
   * The text between quotation marks; what is not visible ASCII appears as an escape, what is too
   * long is cut.
   */
  static String quoted(String text) {
    StringBuilder safe = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
        safe.append(c);
      } else {
        safe.append(String.format("\\u%04x", (int) c));
      }
    }
    return safe.append(text.length() > LONGEST ? "…\"" : "\"").toString();
  }
}

package dev.assay.model.rejection;

/** Text that a miner chose, made safe to print: bounded, and nothing but visible ASCII. */
public final class Quoted {
  /** Most characters between the quotation marks, escapes written out. */
  private static final int LONGEST = 120;

  private Quoted() {}

  /**
   * The text between quotation marks; what is not visible ASCII appears as an escape, what is too
   * long is cut.
   */
  public static String quoted(String text) {
    StringBuilder safe = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      String next = escaped(text.charAt(i));
      if (safe.length() + next.length() > LONGEST) {
        return safe.append("…\"").toString();
      }
      safe.append(next);
    }
    return safe.append('"').toString();
  }

  /** The same without the quotation marks, for a name that stands by itself. */
  public static String visible(String text) {
    String quoted = quoted(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String escaped(char c) {
    boolean visible = c >= ' ' && c < 127 && c != '"' && c != '\\';
    return visible ? String.valueOf(c) : String.format("\\u%04x", (int) c);
  }
}

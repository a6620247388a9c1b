package dev.assay.model.text;

/** Text as Python's str sees it. */
final class PythonText {
  private PythonText() {}

  /** What Python's str.strip() and Jinja's trim leave; Java's strip() knows other blanks. */
  static String strip(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && isSpace(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  /**
   * str.isspace() of one character: bidirectional type WS, B or S, or category Zs. All lie in the
   * basic plane.
   */
  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= ' ')
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}

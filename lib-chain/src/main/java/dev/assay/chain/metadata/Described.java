package dev.assay.chain.metadata;

/** A short description of a value for error messages: hostile content is truncated. */
final class Described {
  private static final int LONGEST = 80;

  private Described() {}

  static String of(Value value) {
    String text = value.getClass().getSimpleName() + " " + value;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}

package dev.assay.architecture;

/**
 * One package knows another.
 *
 * @param from the package that knows
 * @param to the package that is known
 */
record Arrow(String from, String to) {
  @Override
  public String toString() {
    return from + " knows " + to;
  }
}

package dev.assay.model.text;

/**
 * A token that is found in the text before the model's own rules apply.
 *
 * @param singleWord found only where no letter stands beside it
 * @param lstrip takes the blanks before it along
 * @param rstrip takes the blanks behind it along
 * @param normalized found in the normalized text instead of the original
 */
record AddedToken(
    int id,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  AddedToken withId(int other) {
    return new AddedToken(other, singleWord, lstrip, rstrip, normalized, special);
  }

  /** Whether both are found in the same places of a text. */
  boolean findsAs(AddedToken that) {
    return singleWord == that.singleWord
        && lstrip == that.lstrip
        && rstrip == that.rstrip
        && normalized == that.normalized;
  }
}

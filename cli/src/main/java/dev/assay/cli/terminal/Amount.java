package dev.assay.cli.terminal;

import java.math.BigDecimal;

/** Amounts of TAO or alpha as people write and read them; inside they are whole numbers of rao. */
public final class Amount {
  private static final int RAO_DIGITS = 9;

  private Amount() {}

  /**
   * The rao of an option's value, such as {@code 0.5}.
   *
   * @throws UsageException naming the option
   */
  public static long rao(String option, String word) {
    if (word.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      return new BigDecimal(word).movePointRight(RAO_DIGITS).longValueExact();
    }
    throw new UsageException(
        option + " is '" + word + "'; an amount such as 10 or 0.5, with at most nine decimals");
  }

  /** An amount without zeros at its end. */
  public static String of(long rao) {
    BigDecimal amount = new BigDecimal(Long.toUnsignedString(rao)).movePointLeft(RAO_DIGITS);
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}

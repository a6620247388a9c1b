package dev.assay.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * One cell of a {@link Listing}.
 *
 * @param shown to a person
 * @param exact for a program
 */
public record Cell(String shown, String exact) {
  private static final int RAO_DIGITS = 9;
  private static final double FULL_SHARE = 65_535;

  /** A text as it is; a listing makes it safe to show. */
  public static Cell of(String text) {
    return new Cell(text, text);
  }

  public static Cell of(long number) {
    return of(Long.toString(number));
  }

  /** Nothing: a dash for a person, an empty field for a program. */
  public static Cell none() {
    return new Cell("-", "");
  }

  /** A yes or nothing for a person, {@code true} or {@code false} for a program. */
  public static Cell of(boolean value) {
    return new Cell(value ? "yes" : "-", Boolean.toString(value));
  }

  /** An amount: four digits after the point for a person, all nine for a program. */
  public static Cell tao(long rao) {
    BigDecimal amount = new BigDecimal(Long.toUnsignedString(rao)).movePointLeft(RAO_DIGITS);
    return new Cell(
        amount.setScale(4, RoundingMode.DOWN).toPlainString(),
        amount.setScale(RAO_DIGITS, RoundingMode.UNNECESSARY).toPlainString());
  }

  /** A share of 65535: per cent for a person, the chain's number for a program. */
  public static Cell share(int of65535) {
    return new Cell(
        String.format(Locale.ROOT, "%.2f%%", 100 * of65535 / FULL_SHARE),
        Integer.toString(of65535));
  }
}

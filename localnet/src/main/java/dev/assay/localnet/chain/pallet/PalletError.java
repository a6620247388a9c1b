package dev.assay.localnet.chain.pallet;

import java.util.Locale;

/** An error of a pallet: an enum constant named as the pallet names it, in capitals. */
public interface PalletError {
  /** The constant's name. */
  String name();

  /** The index of its pallet. */
  int pallet();

  /** The constant's place. */
  int ordinal();

  /** Its index among the pallet's errors: its place, where no number is left out before it. */
  default int index() {
    return ordinal();
  }

  /** {@code HOT_KEY_NOT_REGISTERED} as {@code HotKeyNotRegistered}. */
  default String title() {
    StringBuilder title = new StringBuilder();
    for (String word : name().split("_", -1)) {
      title.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return title.toString();
  }

  /** {@code HOT_KEY_NOT_REGISTERED} as {@code Hot key not registered.}, for people to read. */
  default String sentence() {
    String words = name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  /** The error as what a call throws. */
  default DispatchException failure() {
    return new DispatchException(DispatchError.module(pallet(), index()), title());
  }

  /** Throws this error unless a condition holds. */
  default void unless(boolean condition) {
    if (!condition) {
      throw failure();
    }
  }
}

package dev.assay.score.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines of words separated by single spaces, in UTF-8, each line ended by a line feed. A
 * byte of a word outside {@code A-Z a-z 0-9 . _ : / @ + -} is written %XX, an empty word as %.
 * Numbers that are not whole are in hexadecimal ({@link Double#toHexString}), which loses nothing
 * and is the same on every Java release.
 */
final class Lines {
  private static final String PLAIN = "._:/@+-";
  private static final String HEXADECIMAL = "0123456789ABCDEF";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a line; a Double is written in hexadecimal, everything else as its text. */
  Lines add(String keyword, Object... words) {
    write(keyword);
    for (Object word : words) {
      bytes.write(' ');
      write(word instanceof Double number ? Double.toHexString(number) : word.toString());
    }
    bytes.write('\n');
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void write(String word) {
    if (word.isEmpty()) {
      bytes.write('%');
    }
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(value)) {
        bytes.write(value);
      } else {
        bytes.write('%');
        bytes.write(HEXADECIMAL.charAt((value >> 4) & 0xF));
        bytes.write(HEXADECIMAL.charAt(value & 0xF));
      }
    }
  }

  private static boolean isPlain(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'A' && value <= 'Z')
        || (value >= 'a' && value <= 'z')
        || PLAIN.indexOf(value) >= 0;
  }
}

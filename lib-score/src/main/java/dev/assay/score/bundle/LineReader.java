package dev.assay.score.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link Lines} writes, line by line and word by word. Every error names the line. What
 * is read is never larger than the bytes that were given.
 */
final class LineReader {
  private final List<String> lines;
  private int number;
  private List<String> words = List.of();
  private int next;

  LineReader(byte[] bytes) {
    lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
  }

  /** Goes to the next line, which must begin with this keyword. */
  LineReader expect(String keyword) {
    if (!isNext(keyword)) {
      throw error("begins with \"" + begin() + "\", must begin with \"" + keyword + "\"");
    }
    words = Arrays.asList(lines.get(number).split(" ", -1));
    number++;
    next = 1;
    return this;
  }

  boolean isNext(String keyword) {
    return begin().equals(keyword);
  }

  /** Fails unless all has been read. */
  void end() {
    if (number != lines.size() - 1 || !lines.get(number).isEmpty()) {
      throw error("is there, must be the end");
    }
  }

  boolean hasWord() {
    return next < words.size();
  }

  /** Passes over the next word if it is this one. */
  boolean skip(String word) {
    boolean isNext = hasWord() && words.get(next).equals(word);
    next += isNext ? 1 : 0;
    return isNext;
  }

  /** Fails unless all words of the line have been read. */
  void endLine() {
    if (hasWord()) {
      number--;
      throw error("has " + words.size() + " words, must have " + next);
    }
  }

  String text() {
    if (!hasWord()) {
      number--;
      throw error("has " + words.size() + " words, must have more");
    }
    return decode(words.get(next++));
  }

  long integer() {
    String text = text();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wordError(text, "a whole number", e);
    }
  }

  int smallInteger() {
    long value = integer();
    if (value != (int) value) {
      throw wordError(Long.toString(value), "a whole number of 32 bits", null);
    }
    return (int) value;
  }

  double number() {
    String text = text();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wordError(text, "a number", e);
    }
  }

  boolean truth() {
    String text = text();
    if (!text.equals("true") && !text.equals("false")) {
      throw wordError(text, "true or false", null);
    }
    return text.equals("true");
  }

  <E extends Enum<E>> E of(Class<E> type) {
    String text = text();
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw wordError(text, "one of " + Arrays.toString(type.getEnumConstants()), e);
    }
  }

  private String begin() {
    return number < lines.size() ? lines.get(number).split(" ", 2)[0] : "";
  }

  private String decode(String word) {
    if (word.equals("%")) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != '%') {
        bytes.write(word.charAt(i));
        continue;
      }
      if (i + 2 >= word.length()) {
        throw wordError(word, "a word whose % are followed by two digits", null);
      }
      bytes.write(16 * digit(word, i + 1) + digit(word, i + 2));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wordError(word, "UTF-8", e);
    }
  }

  private int digit(String word, int at) {
    int digit = Character.digit(word.charAt(at), 16);
    if (digit < 0) {
      throw wordError(word, "a word whose % are followed by two digits", null);
    }
    return digit;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException("line " + (number + 1) + ": " + what);
  }

  private IllegalArgumentException wordError(String word, String must, Exception cause) {
    return new IllegalArgumentException(
        "line " + number + ", word " + next + ": is \"" + word + "\", must be " + must, cause);
  }
}

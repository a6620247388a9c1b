package dev.assay.localnet.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads WordNet 3.1's file of nouns (Princeton University; format in its manual page wndb(5WN)): a
 * line holds {@code offset lexicon type count word number … count pointer … | gloss}. Only meanings
 * that make short, plain questions are kept.
 */
final class WordNet {

  private static final String NOUNS = "/net/sf/extjwnl/data/wordnet/wn31/data.noun";
  private static final String HYPERNYM = "@";
  private static final int MAX_DEFINITION = 120;
  // Slurs and the like: a pointer to a word of usage, or the gloss says so.
  private static final String USAGE = ";u";
  private static final Pattern OFFENSIVE =
      Pattern.compile("offensive|disparag|derogat|obscen|vulgar|slur|taboo");
  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z]+(?:[ -][a-z]+){0,2}");
  private static final Pattern PLAIN_TEXT = Pattern.compile("[a-z][ -~]{9,}");

  private WordNet() {}

  /** A meaning with its more general one still named by its place in the file. */
  private record Line(List<String> words, String definition, String hypernym) {}

  /** All kept meanings, in the file's order. */
  static List<WordSense> nouns() throws IOException {
    Map<String, String> firstWords = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    try (InputStream in = WordNet.class.getResourceAsStream(NOUNS)) {
      if (in == null) {
        throw new IOException("the class path lacks WordNet's " + NOUNS);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        // The licence at the file's head is indented.
        if (!line.startsWith(" ")) {
          read(line, firstWords, lines);
        }
      }
    }
    return lines.stream().map(line -> sense(line, firstWords)).toList();
  }

  private static void read(String text, Map<String, String> firstWords, List<Line> lines) {
    int bar = text.indexOf(" | ");
    String[] fields = text.substring(0, bar).split(" ", -1);
    List<String> words = words(fields);
    if (!words.isEmpty()) {
      firstWords.put(fields[0], words.get(0));
    }
    String definition = definition(text.substring(bar + 3));
    boolean plain =
        definition.length() <= MAX_DEFINITION
            && PLAIN_TEXT.matcher(definition).matches()
            && !OFFENSIVE.matcher(text).find()
            && pointer(fields, USAGE).isEmpty();
    if (plain && !words.isEmpty()) {
      lines.add(new Line(words, definition, pointer(fields, HYPERNYM)));
    }
  }

  private static List<String> words(String[] fields) {
    int count = Integer.parseInt(fields[3], 16);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = fields[4 + 2 * i].replace('_', ' ');
      if (PLAIN_WORD.matcher(word).matches()) {
        words.add(word);
      }
    }
    return words;
  }

  /** The gloss up to its first example, which stands in quotes, or its first afterthought. */
  private static String definition(String gloss) {
    int end = gloss.indexOf(';');
    return (end < 0 ? gloss : gloss.substring(0, end)).strip();
  }

  /** The place of the first meaning that a pointer of a kind names, or the empty string. */
  private static String pointer(String[] fields, String kind) {
    int at = 4 + 2 * Integer.parseInt(fields[3], 16);
    int pointers = Integer.parseInt(fields[at]);
    for (int i = 0; i < pointers; i++) {
      if (fields[at + 1 + 4 * i].equals(kind)) {
        return fields[at + 2 + 4 * i];
      }
    }
    return "";
  }

  private static WordSense sense(Line line, Map<String, String> firstWords) {
    Optional<String> synonym =
        line.words().size() > 1 ? Optional.of(line.words().get(1)) : Optional.empty();
    return new WordSense(
        line.words().get(0),
        line.definition(),
        synonym,
        Optional.ofNullable(firstWords.get(line.hypernym())));
  }
}

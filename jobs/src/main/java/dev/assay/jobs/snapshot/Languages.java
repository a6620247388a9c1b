package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.langdetect.ThreadSafeLanguageDetectorME;

/**
 * Tells texts of other languages than the wanted ones, by OpenNLP's model of 103 languages. The
 * same text always fares the same.
 */
final class Languages {
  /**
   * A text is judged by its beginning and its end: what lies between costs time and tells little.
   */
  private static final int PIECE = 200;

  /**
   * So much likelier must another language be, because short texts and code are of none for
   * certain: of 3,999 glosses of WordNet, 76 characters long in the mean, this refuses one.
   */
  private static final double LIKELIER = 1.75;

  /** Codes of two letters that stand for several of the model's languages. */
  private static final Map<String, List<String>> SEVERAL =
      Map.of(
          "zh", List.of("cmn", "nan"),
          "et", List.of("est", "ekk"),
          "fa", List.of("fas", "pes"),
          "lv", List.of("lav", "lvs"),
          "mg", List.of("plt"),
          "no", List.of("nob", "nno"));

  /** What is read once a process, and only where languages are told apart: it has 10 MB. */
  private static final class Model {
    static final LanguageDetector DETECTOR = read();

    private static LanguageDetector read() {
      try (InputStream model =
          LanguageDetectorModel.class.getResourceAsStream("/langdetect-183.bin")) {
        return new ThreadSafeLanguageDetectorME(new LanguageDetectorModel(model));
      } catch (IOException unreadable) {
        throw new UncheckedIOException("the model of languages cannot be read", unreadable);
      }
    }
  }

  private final Set<String> wanted;

  private Languages(Set<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * Those of a list.
   *
   * @param codes of ISO 639, in two letters or in three; none for any language
   * @throws ConfigurationException if the model doesn't know one
   */
  static Languages of(Collection<String> codes) {
    Set<String> wanted = new HashSet<>();
    for (String code : codes) {
      List<String> known = known(code);
      if (known.isEmpty()) {
        throw new ConfigurationException(
            "feed.filters.languages has %s, which isn't told apart; the languages that are: %s"
                .formatted(
                    code,
                    String.join(
                        " ",
                        new TreeSet<>(Arrays.asList(Model.DETECTOR.getSupportedLanguages())))));
      }
      wanted.addAll(known);
    }
    return new Languages(wanted);
  }

  private static List<String> known(String code) {
    Set<String> supported = Set.of(Model.DETECTOR.getSupportedLanguages());
    return SEVERAL.getOrDefault(code, List.of(threeLetters(code))).stream()
        .filter(supported::contains)
        .toList();
  }

  private static String threeLetters(String code) {
    try {
      return code.length() == 2 ? new Locale(code).getISO3Language() : code;
    } catch (MissingResourceException unknown) {
      return code;
    }
  }

  /** Whether no other language is that much likelier than each of these. */
  boolean take(String text) {
    if (wanted.isEmpty() || text.isBlank()) {
      return true;
    }
    double ours = 0;
    double others = 0;
    for (Language language : Model.DETECTOR.predictLanguages(judged(text))) {
      if (wanted.contains(language.getLang())) {
        ours = Math.max(ours, language.getConfidence());
      } else {
        others = Math.max(others, language.getConfidence());
      }
    }
    return others < LIKELIER * ours;
  }

  private static String judged(String text) {
    if (text.length() <= 2 * PIECE) {
      return text;
    }
    // Of surrogates there are two a character, so that so many are there.
    return text.substring(0, text.offsetByCodePoints(0, PIECE))
        + " "
        + text.substring(text.offsetByCodePoints(text.length(), -PIECE));
  }
}

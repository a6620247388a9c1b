package dev.assay.jobs.config.filter;

import dev.assay.score.Limits;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Objects;

/**
 * Which samples are refused by their text; every validator of a subnet has the same.
 *
 * @param phrases which form of the original's list applies to responses: {@code none}, {@code
 *     corrected} or {@code as-written}
 * @param leastCharacters of a response, in code points
 * @param mostCharacters of a response, in code points; 0 for no limit
 * @param scripts Unicode scripts by name; a sample of whose letters a tenth or more are in others
 *     is refused; empty for any
 * @param languages codes of ISO 639; a response in another language is refused; empty for any
 * @param nearDuplicates which are refused because they resemble an earlier one; empty for none
 */
public record FilterSettings(
    String phrases,
    int leastCharacters,
    int mostCharacters,
    List<String> scripts,
    List<String> languages,
    NearDuplicateSettings nearDuplicates) {
  /** Refuses nothing. */
  public static final FilterSettings NONE =
      new FilterSettings("none", 0, 0, List.of(), List.of(), NearDuplicateSettings.NONE);

  public FilterSettings {
    String form = phrases;
    List<String> names = scripts == null ? List.of() : scripts;
    List<String> codes = languages == null ? List.of() : languages;
    Limits.all(
        () -> requireForm(form),
        () -> requireLimits(leastCharacters, mostCharacters),
        () -> names.forEach(FilterSettings::script),
        () -> codes.forEach(FilterSettings::requireCode));
    scripts = List.copyOf(names);
    languages = List.copyOf(codes);
    nearDuplicates = Objects.requireNonNullElse(nearDuplicates, NearDuplicateSettings.NONE);
  }

  /** The scripts that letters may be of; empty for any. */
  public List<UnicodeScript> scriptList() {
    return scripts.stream().map(FilterSettings::script).toList();
  }

  private static void requireForm(String form) {
    if (!List.of("none", "corrected", "as-written").contains(String.valueOf(form))) {
      throw new IllegalArgumentException(
          "feed.filters.phrases is " + form + "; none, corrected or as-written");
    }
  }

  private static void requireLimits(int least, int most) {
    if (least < 0) {
      throw new IllegalArgumentException(
          "feed.filters.least_characters is " + least + "; at least 0");
    }
    if (most != 0 && most < Math.max(1, least)) {
      throw new IllegalArgumentException(
          "feed.filters.most_characters is "
              + most
              + "; at least "
              + Math.max(1, least)
              + ", or 0");
    }
  }

  private static void requireCode(String code) {
    if (!String.valueOf(code).matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException(
          "feed.filters.languages has "
              + Objects.requireNonNullElse(code, "an empty entry")
              + "; a code of ISO 639 such as en or eng");
    }
  }

  private static UnicodeScript script(String name) {
    try {
      return UnicodeScript.forName(Objects.requireNonNullElse(name, "an empty entry"));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "feed.filters.scripts has "
              + Objects.requireNonNullElse(name, "an empty entry")
              + "; a Unicode script such as Latin or Cyrillic",
          unknown);
    }
  }
}

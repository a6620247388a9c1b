package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.tables.SampleRow;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules that look at a sample's text alone. None depends on what else has come, or in which
 * order, so that every validator refuses the same.
 */
final class TextFilters {
  /** One letter in so many may not be of another script. */
  private static final int FOREIGN = 10;

  private final FilterSettings settings;
  private final List<String> phrases;
  private final Set<UnicodeScript> scripts;
  private final Languages languages;

  TextFilters(FeedSettings feed) {
    this.settings = feed.filters();
    this.phrases =
        Stream.concat(
                feed.unwantedPhrases().stream(), UnwantedPhrases.of(settings.phrases()).stream())
            .distinct()
            .toList();
    this.scripts = EnumSet.noneOf(UnicodeScript.class);
    scripts.addAll(settings.scriptList());
    this.languages = Languages.of(settings.languages());
  }

  /** The first rule that a sample's text breaks. */
  Optional<Refusal> refusal(SampleRow sample) {
    if (phrases.stream().anyMatch(sample.response()::contains)) {
      return Optional.of(Refusal.UNWANTED_PHRASE);
    }
    if (!hasRightLength(sample.response())) {
      return Optional.of(Refusal.OTHER_LENGTH);
    }
    return scripts.isEmpty() || isInScripts(sample.prompt() + sample.response())
        ? Optional.empty()
        : Optional.of(Refusal.OTHER_SCRIPT);
  }

  /** The rule that costs more than all others, for samples that break none of them. */
  boolean isInLanguages(SampleRow sample) {
    return languages.take(sample.response());
  }

  private boolean hasRightLength(String response) {
    int characters = response.codePointCount(0, response.length());
    return characters >= settings.leastCharacters()
        && (settings.mostCharacters() == 0 || characters <= settings.mostCharacters());
  }

  private boolean isInScripts(String text) {
    int letters = 0;
    int foreign = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (Character.isLetter(point)) {
        UnicodeScript script = script(point);
        boolean isOfNone = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
        letters += isOfNone ? 0 : 1;
        foreign += isOfNone || scripts.contains(script) ? 0 : 1;
      }
    }
    return foreign == 0 || foreign * (long) FOREIGN < letters;
  }

  /** Most letters are of the first 128, for which nothing need be looked up. */
  private static UnicodeScript script(int letter) {
    return letter < 128 ? UnicodeScript.LATIN : UnicodeScript.of(letter);
  }
}

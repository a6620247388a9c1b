package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
  private static final String ENGLISH =
      "A quintet is a musical composition for five performers, or the five who perform it.";
  private static final String GERMAN =
      "Ein Quintett ist ein Musikstück für fünf Spieler, oder die fünf, die es zusammen spielen.";

  private static boolean isEnglish(String text) {
    return Languages.of(List.of("en")).take(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ENGLISH,
        "Yes.",
        "42",
        "",
        "def squares(n): return [i * i for i in range(n) if i % 2 == 0]",
        "SELECT name FROM users WHERE id = 7 ORDER BY name",
        "```json\n{\"a\": [1, 2, 3], \"b\": {\"c\": null}}\n```"
      })
  void englishAndWhatIsOfNoLanguageStays(String text) {
    assertThat(isEnglish(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GERMAN,
        "Un quintette est une composition musicale pour cinq instruments, ou les cinq musiciens.",
        "Un quinteto es una composición musical para cinco intérpretes, o los cinco que la tocan.",
        "Квинтет — это музыкальное произведение для пяти исполнителей или сами исполнители.",
        "五重奏是为五位演奏者而写的音乐作品，也可以指演奏它的五个人。"
      })
  void otherLanguagesAreTold(String text) {
    assertThat(isEnglish(text)).isFalse();
  }

  @Test
  void severalLanguagesMayBeWantedInTwoOrInThreeLetters() {
    Languages both = Languages.of(List.of("eng", "de"));

    assertThat(both.take(ENGLISH)).isTrue();
    assertThat(both.take(GERMAN)).isTrue();
    assertThat(Languages.of(List.of("zh")).take("五重奏是为五位演奏者而写的音乐作品。")).isTrue();
    assertThat(Languages.of(List.of()).take(GERMAN)).isTrue();
  }

  /** A million characters cost no more than four hundred. */
  @Test
  void aLongTextIsJudgedByItsBeginningAndItsEnd() {
    String text = ENGLISH.repeat(5) + "😀".repeat(500_000) + ENGLISH.repeat(5);

    assertThat(isEnglish(text)).isTrue();
    assertThat(isEnglish(GERMAN.repeat(5) + "x".repeat(1_000_000) + GERMAN.repeat(5))).isFalse();
    assertThat(isEnglish("😀".repeat(201))).isTrue();
  }

  @Test
  void aLanguageThatIsNotToldApartIsRefused() {
    assertThatThrownBy(() -> Languages.of(List.of("xx")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("feed.filters.languages has xx, which isn't told apart")
        .hasMessageContaining(" eng ");
    assertThatThrownBy(() -> Languages.of(List.of("tlh")))
        .isInstanceOf(ConfigurationException.class);
  }
}

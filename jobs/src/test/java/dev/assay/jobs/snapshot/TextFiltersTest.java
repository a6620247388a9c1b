package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.DataSize;
import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.FilterSettings;
import dev.assay.jobs.config.filter.NearDuplicateSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.tables.SampleRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextFiltersTest {
  private static final String FUSED = "I don't have beliefsI don't have personalgpt";

  private static Optional<Refusal> refusal(FilterSettings filters, String prompt, String response) {
    return new TextFilters(
            new FeedSettings(
                "http://feed",
                List.of(),
                0,
                List.of(),
                100,
                9,
                new DataSize(1000),
                List.of(),
                filters,
                QuotaSettings.NONE))
        .refusal(new SampleRow("id", prompt, response, "source", 1, Instant.EPOCH, "signature"));
  }

  private static FilterSettings phrases(String form) {
    return new FilterSettings(form, 0, 0, List.of(), List.of(), NearDuplicateSettings.NONE);
  }

  private static FilterSettings scripts(String... names) {
    return new FilterSettings("none", 0, 0, List.of(names), List.of(), NearDuplicateSettings.NONE);
  }

  /** Defect 9 of the original: 182 literals, 138 of them distinct, one of these three in one. */
  @Test
  void theOriginalsPhrasesAreCorrectedOrAsWritten() {
    assertThat(UnwantedPhrases.of("none")).isEmpty();
    assertThat(UnwantedPhrases.of("as-written"))
        .hasSize(138)
        .doesNotHaveDuplicates()
        .contains(FUSED);
    assertThat(UnwantedPhrases.of("corrected"))
        .hasSize(137)
        .contains("I don't have beliefs", "I don't have personal", "gpt", "my purpose is to ")
        .doesNotContain(FUSED);
  }

  @Test
  void aResponseWithAPhraseIsRefusedAndAPromptWithOneIsNot() {
    assertThat(refusal(phrases("corrected"), "Why?", "As an AI, I think so."))
        .contains(Refusal.UNWANTED_PHRASE);
    assertThat(refusal(phrases("corrected"), "As an AI, why?", "It is so.")).isEmpty();
    assertThat(refusal(phrases("none"), "Why?", "As an AI, I think so.")).isEmpty();
  }

  @Test
  void lengthsAreInCodePointsAndBothLimitsAreIncluded() {
    FilterSettings twoOrThree =
        new FilterSettings("none", 2, 3, List.of(), List.of(), NearDuplicateSettings.NONE);

    assertThat(refusal(twoOrThree, "p", "\uD83D\uDE00")).contains(Refusal.OTHER_LENGTH);
    assertThat(refusal(twoOrThree, "p", "\uD83D\uDE00\uD83D\uDE00")).isEmpty();
    assertThat(refusal(twoOrThree, "p", "abc")).isEmpty();
    assertThat(refusal(twoOrThree, "p", "abcd")).contains(Refusal.OTHER_LENGTH);
  }

  @Test
  void aTenthOfTheLettersInAnotherScriptIsTooMuch() {
    assertThat(refusal(scripts("Latin"), "Alpha is", "the letter α, 1.")).isEmpty();
    assertThat(refusal(scripts("Latin"), "abcde", "fghiя")).contains(Refusal.OTHER_SCRIPT);
    assertThat(refusal(scripts("Latin", "Cyrillic"), "abcde", "fghiя")).isEmpty();
    assertThat(refusal(scripts("Latin"), "1 + 1 =", "2")).isEmpty();
  }

  @Test
  void whatIsNoFilterIsToldWithItsKey() {
    assertThatThrownBy(() -> phrases("some")).hasMessageContaining("feed.filters.phrases is some");
    assertThatThrownBy(() -> scripts("Elvish")).hasMessageContaining("scripts has Elvish");
    assertThatThrownBy(
            () ->
                new FilterSettings("none", 9, 3, List.of(), List.of(), NearDuplicateSettings.NONE))
        .hasMessageContaining("feed.filters.most_characters is 3; at least 9");
  }
}

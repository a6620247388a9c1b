package dev.assay.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  /** What a miner, a feed or a hub might choose to be called. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "'><svg/onload=alert(1)>",
          "</td></tr></table><iframe srcdoc='x'>",
          "{{evaluation}}{{{evaluation}}}{{&evaluation}}{{#models}}",
          "<!-- --><b>",
          "a\u001b[2J\u0000b\u202ec");

  @TempDir private Path folder;

  private static PageContent content(PageContent.Model... models) {
    return new PageContent(
        6,
        61,
        Optional.of(1L),
        "3f9ac1",
        "5Grw",
        List.of(models),
        List.of(validator("5V")),
        List.of());
  }

  private static PageContent.Validator validator(String hotkey) {
    return new PageContent.Validator(0, hotkey, 12_345_670_000_000L, 0.625);
  }

  private static PageContent.Sample sample(String text) {
    return new PageContent.Sample(text, text, text, text);
  }

  private static PageContent.Model model(int uid, String text) {
    return new PageContent.Model(uid, text, text, text, List.of(text, text), null, 0, 0, 0.0);
  }

  /** The characters with which a text could leave its place, in their order. */
  private static String marks(String page) {
    return page.replaceAll("[^<>\"'`]", "");
  }

  @Test
  void aModelIsShownWithItsVerdictLossWeightAndIncentive() {
    String page =
        ReportPage.of(
            content(
                new PageContent.Model(
                    3,
                    "a/b",
                    "ACCEPTED",
                    "",
                    List.of("uid 3, a/b", "  nothing stands in its way"),
                    2.34567,
                    0.875,
                    0.9531,
                    0.75)));

    assertThat(page)
        .contains("a/b", "ACCEPTED", "2.3457", "87.50 %", "95.31 %", "75.00 %", "3f9ac1", "5Grw")
        .contains("<div>uid 3, a/b</div>", "<div>nothing stands in its way</div>")
        .contains("style=\"width:95.3%\"")
        .doesNotContain("{{");
  }

  @Test
  void aValidatorIsShownWithItsHotkeyStakeAndDividends() {
    assertThat(ReportPage.of(content())).contains("5V", "12,345.67", "62.50 %");
  }

  @Test
  void aSampleIsShownWithWhoAskedAndWhoAnswered() {
    PageContent.Sample sample =
        new PageContent.Sample("What is a quintet?", "x".repeat(9_000), "5Asker", "5Answerer");
    String page =
        ReportPage.of(
            new PageContent(
                6, 61, Optional.empty(), "3f9ac1", "5Grw", List.of(), List.of(), List.of(sample)));

    assertThat(page)
        .contains("1 samples", "What is a quintet?", "5Asker", "5Answerer", "x".repeat(300) + "…")
        .doesNotContain("x".repeat(301));
    assertThat(ReportPage.of(content())).doesNotContain("Answered by");
  }

  @Test
  void validatorsAreLeftOutWhereNoneAreKnown() {
    PageContent content =
        new PageContent(6, 61, Optional.of(1L), "3f9ac1", "5Grw", List.of(), List.of(), List.of());

    assertThat(ReportPage.of(content)).doesNotContain("Dividends", "validators");
  }

  @Test
  void whateverAMinerWritesStaysText() {
    String harmless = ReportPage.of(content(model(4, "x")));
    for (String hostile : HOSTILE) {
      String page = ReportPage.of(content(model(4, hostile)));

      assertThat(marks(page)).as("marks in a page with %s", hostile).isEqualTo(marks(harmless));
      assertThat(page).doesNotContain("\u001b", "\u0000", "\u202e");
    }
  }

  @Property(tries = 200)
  void noTextOpensAnElementOrLeavesAnAttribute(@ForAll String text) {
    String harmless = ReportPage.of(content(model(4, text.isBlank() ? text : "x")));

    assertThat(marks(ReportPage.of(content(model(4, text))))).isEqualTo(marks(harmless));
  }

  @Test
  void whateverAnEvaluationIsCalledStaysText() {
    String harmless =
        ReportPage.of(
            new PageContent(
                6,
                61,
                Optional.of(1L),
                "3f9ac1",
                "5Grw",
                List.of(),
                List.of(validator("5V")),
                List.of(sample("x"))));
    for (String hostile : HOSTILE) {
      String page =
          ReportPage.of(
              new PageContent(
                  6,
                  61,
                  Optional.of(1L),
                  hostile,
                  hostile,
                  List.of(),
                  List.of(validator(hostile)),
                  List.of(sample(hostile))));

      assertThat(marks(page)).as("marks in a page with %s", hostile).isEqualTo(marks(harmless));
    }
  }

  @Test
  void whatATextSaysIsStillThere() {
    assertThat(ReportPage.of(content(model(4, "R&D <3 \"quoted\""))))
        .contains("R&amp;D &lt;3 &quot;quoted&quot;");
  }

  @Test
  void modelsStandInTheOrderGiven() {
    String page = ReportPage.of(content(model(4, "high/one"), model(3, "low/one")));

    assertThat(page.indexOf("high/one")).isLessThan(page.indexOf("low/one"));
  }

  @Test
  void thePageReplacesAnOlderOneAndLeavesNothingElse() throws Exception {
    Path page = Files.writeString(folder.resolve("report.html"), "old");

    ReportPage.write(content(), page);

    assertThat(page).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }
}

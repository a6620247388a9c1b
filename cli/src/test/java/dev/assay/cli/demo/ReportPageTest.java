package dev.assay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static DemoResult result(DemoResult.Model... models) {
    return new DemoResult(
        6,
        61,
        1,
        "3f9ac1",
        "5Grw",
        List.of(models),
        Map.of(3, 0.75),
        Map.of(0, 1.0),
        "report.html");
  }

  @Test
  void aModelIsShownWithItsVerdictLossWeightAndIncentive() {
    String page =
        ReportPage.of(
            result(new DemoResult.Model(3, "a/b", "ACCEPTED", "", 2.34567, 0.875, 0.9531)),
            Map.of(3, List.of("uid 3, <i>a</i>", "  nothing stands in its way")));

    assertThat(page)
        .contains("a/b", "ACCEPTED", "2.3457", "87.50 %", "95.31 %", "75.00 %", "3f9ac1")
        .contains("uid 3, &lt;i&gt;a&lt;/i&gt;<br>nothing stands in its way");
  }

  @Test
  void aNameThatIsMarkupIsShownAsText() {
    String page =
        ReportPage.of(
            result(
                new DemoResult.Model(
                    4, "<script>x</script>", "REJECTED_CHECKPOINT", "<b>", null, 0, 0)),
            Map.of());

    assertThat(page)
        .contains("&lt;script&gt;x&lt;/script&gt;", "&lt;b&gt;")
        .doesNotContain("<script>", "<b>");
  }

  @Test
  void theHighestWeightStandsFirst() {
    String page =
        ReportPage.of(
            result(
                new DemoResult.Model(3, "low/one", "ACCEPTED", "", 3.0, 0.2, 0.1),
                new DemoResult.Model(4, "high/one", "ACCEPTED", "", 2.0, 0.9, 0.9)),
            Map.of());

    assertThat(page.indexOf("high/one")).isLessThan(page.indexOf("low/one"));
  }
}

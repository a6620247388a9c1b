package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.report.page.PageContent;
import dev.assay.report.page.ReportPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The report page in a browser, on a phone and on a desk, by day and by night. */
class ReportPageIT {
  private static final int PHONE = 390;
  private static final String LONG = "a-name-as-long-as-a-hub-allows-it-".repeat(3);

  @Test
  void itFitsAndNobodyStumbles() throws Exception {
    Path folder = Files.createDirectories(Places.target().resolve("screenshots"));
    Path page = folder.resolve("report.html");
    ReportPage.write(content(), page);
    List<Map<String, Object>> views = new ArrayList<>();
    for (int width : List.of(PHONE, 1280)) {
      for (boolean dark : List.of(false, true)) {
        String name = "report-" + width + (dark ? "-dark" : "-light") + ".png";
        views.add(
            Map.of(
                "file",
                page.toString(),
                "width",
                width,
                "dark",
                dark,
                "screenshot",
                folder.resolve(name).toString()));
      }
    }

    JsonNode seen = NodeScripts.installed().run("pages.mjs", Map.of("pages", views), 120);

    assertThat(seen).hasSize(views.size());
    for (int i = 0; i < views.size(); i++) {
      assertThat(seen.get(i).get("violations")).as("axe-core's of %s", views.get(i)).isEmpty();
      assertThat(seen.get(i).get("complaints")).as("the browser's of %s", views.get(i)).isEmpty();
      assertThat(seen.get(i).get("width").asInt()).isEqualTo(views.get(i).get("width"));
    }
  }

  private static PageContent content() {
    List<String> why =
        List.of("uid 4, low/gloss, in c1: ACCEPTED", "does not beat uid 3: won 1 of 9 samples");
    return new PageContent(
        6,
        120,
        Optional.of(1L),
        "3f9ac1d0".repeat(8),
        "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
        List.of(
            new PageContent.Model(3, "high/gloss", "ACCEPTED", "", why, 2.4, 0.9, 0.85, 0.85),
            new PageContent.Model(4, LONG, "ACCEPTED", "", why, 2.5, 0.4, 0.15, 0.15),
            new PageContent.Model(
                5, "cut/gloss", "REJECTED_CHECKPOINT", LONG, List.of(), null, 0, 0, 0.0)),
        List.of(
            new PageContent.Validator(
                0, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", 30_000L << 30, 1)),
        List.of(new PageContent.Sample(LONG, LONG, LONG, LONG)));
  }
}

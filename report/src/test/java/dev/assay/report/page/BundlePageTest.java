package dev.assay.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlePageTest {
  @TempDir private Path folder;

  private static VerdictRow verdict(int uid, String verdict, Optional<Double> loss) {
    return new VerdictRow(
        "e1",
        "5H" + uid,
        uid,
        1,
        1,
        Optional.of("b1"),
        Optional.of("m" + uid + "/gloss"),
        Optional.empty(),
        Optional.empty(),
        verdict,
        Optional.empty(),
        verdict.equals("ACCEPTED") ? "" : "a file is cut short",
        1,
        10,
        10,
        100,
        loss,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aBundleAloneMakesThePage() {
    ScoringInput input = new ScoringInput(120, 1, List.of(), Standings.none(), WeightLimits.NONE);
    BundleFolder bundle = new BundleFolder(folder.resolve("e1"));
    bundle.write(
        Bundle.of(
            Map.of("evaluation", "e1", "netuid", "6"),
            input,
            Scoring.score(input),
            "{}",
            List.of(),
            List.of(
                verdict(1, "REJECTED_CHECKPOINT", Optional.empty()),
                verdict(2, "ACCEPTED", Optional.of(2.5))),
            Map.of(),
            List.of(),
            List.of()));
    PageContent content = BundlePage.of(bundle);
    String page = ReportPage.of(content);

    assertThat(content.models()).extracting(PageContent.Model::uid).containsExactly(2, 1);
    assertThat(content.netuid()).isEqualTo(6);
    assertThat(content.block()).isEqualTo(120);
    assertThat(page)
        .contains("m2/gloss", "2.5000", "a file is cut short", "nobody has signed the bundle")
        .doesNotContain("Seed", "Yuma", "read from the chain", "{{");
  }
}

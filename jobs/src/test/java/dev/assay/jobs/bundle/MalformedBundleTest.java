package dev.assay.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Policy;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a bundle's file is told by the file, what is wrong and the next step. */
class MalformedBundleTest {
  private static final String NEXT = "get the bundle again, or ask the validator that published it";

  @TempDir private Path folder;
  private BundleFolder bundle;

  @BeforeEach
  void write() {
    ScoringInput input =
        ScoringInput.of(
            100,
            Round.only(
                Policy.named(Policy.ORIGINAL_RANKED),
                List.of(ModelResult.accepted(Entry.of(1, "a", 5, "da"), Losses.of(1.0, 2.0)))),
            Standings.none());
    bundle = new BundleFolder(folder.resolve("evaluation"));
    bundle.write(
        Bundle.of(
            Map.of(),
            input,
            Scoring.score(input),
            "{}",
            List.of(),
            List.of(),
            Map.of("m1", List.of()),
            List.of(),
            List.of()));
  }

  private AbstractThrowableAssert<?, ?> refusal(
      String name, String content, Function<BundleFolder, ?> reading) throws IOException {
    Files.writeString(Path.of(bundle.address()).resolve(name), content);
    return assertThatThrownBy(() -> reading.apply(bundle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(Path.of(bundle.address()).resolve(name) + ": ");
  }

  @Test
  void aConfigurationThatIsNotJson() throws IOException {
    refusal(Bundle.CONFIGURATION, "chain: x", BundleFolder::configuration)
        .hasMessageEndingWith("the configuration is not JSON; " + NEXT);
    refusal(Bundle.CONFIGURATION, "5", BundleFolder::configuration)
        .hasMessageEndingWith("the configuration is not a JSON object; " + NEXT);
    refusal(Bundle.CONFIGURATION, "", BundleFolder::configuration).hasMessageEndingWith(NEXT);
  }

  @Test
  void aConfigurationOfALaterReleaseIsToldWhatReadsIt() throws IOException {
    refusal(Bundle.CONFIGURATION, "{\"version\": 99}", BundleFolder::configuration)
        .hasMessageEndingWith("version 99; this release reads 1 to 2: use a later one");
  }

  @Test
  void aManifestThatIsNone() throws IOException {
    refusal(Bundle.MANIFEST, "{}", BundleFolder::damaged)
        .hasMessageContaining("line 1")
        .hasMessageEndingWith(NEXT);
    refusal(Bundle.MANIFEST, "assay-bundle 99\n", BundleFolder::vouchers)
        .hasMessageEndingWith("use the release that the bundle's manifest names");
  }

  @Test
  void anInputThatIsNone() throws IOException {
    refusal(Bundle.INPUT, "?", BundleFolder::input).hasMessageEndingWith(NEXT);
    refusal(Bundle.INPUT, "?", BundleFolder::replay).hasMessageEndingWith(NEXT);
  }

  @Test
  void rowsThatAreNone() throws IOException {
    for (String row : List.of("x", "null", "[]", "{}", "{\"no_such_column\": 1}")) {
      refusal(Bundle.LOSSES, row, BundleFolder::losses).hasMessageEndingWith(NEXT);
      refusal(Bundle.VERDICTS, row, BundleFolder::verdicts).hasMessageEndingWith(NEXT);
      refusal("samples-m1.ndjson", row, folder -> folder.samples("m1"))
          .hasMessageEndingWith("line 1 is no row with all of its columns; " + NEXT);
    }
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    Files.delete(Path.of(bundle.address()).resolve(Bundle.LOSSES));

    assertThatThrownBy(() -> bundle.losses())
        .hasMessage(Path.of(bundle.address()).resolve(Bundle.LOSSES) + " is missing; " + NEXT);
    assertThatThrownBy(() -> bundle.samples("m2"))
        .hasMessage(
            Path.of(bundle.address()).resolve("samples-m2.ndjson")
                + " is not in the bundle's manifest; "
                + NEXT);
  }
}

package dev.assay.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.keys.Keypair;
import dev.assay.score.Entry;
import dev.assay.score.Losses;
import dev.assay.score.ModelResult;
import dev.assay.score.Policy;
import dev.assay.score.Round;
import dev.assay.score.Scoring;
import dev.assay.score.ScoringInput;
import dev.assay.score.Standings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
  private final Keypair hotkey = Keypair.fromUri("//Validator");

  @TempDir private Path folder;
  private BundleFolder bundle;

  @BeforeEach
  void write() {
    ScoringInput input =
        ScoringInput.of(
            100,
            Round.only(
                Policy.named(Policy.ORIGINAL_RANKED),
                List.of(
                    ModelResult.accepted(Entry.of(1, "a", 5, "da"), Losses.of(1.0, 2.0)),
                    ModelResult.accepted(Entry.of(2, "b", 6, "db"), Losses.of(1.5, 2.5)))),
            Standings.none());
    bundle = BundleFolder.of(folder.toString(), "evaluation");
    bundle.write(
        Bundle.of(
            Map.of("block", "100"),
            input,
            Scoring.score(input),
            "{}",
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of()));
  }

  @Test
  void replaysBitForBit() {
    assertThat(bundle.damaged()).isEmpty();
    assertThat(bundle.replay()).isEmpty();
    assertThat(bundle.manifest().facts()).containsEntry("block", "100");
  }

  @Test
  void aChangedFileIsNamed() throws Exception {
    Path result = bundle.path().resolve(Bundle.RESULT);
    Files.writeString(result, Files.readString(result).replaceFirst("65535", "65534"));

    assertThat(bundle.damaged()).containsExactly(Bundle.RESULT);
    assertThat(bundle.replay()).isPresent();
  }

  @Test
  void aValidatorsSignatureIsVerified() throws Exception {
    bundle.sign(hotkey, Map.of("extrinsic", "0xab"));

    assertThat(bundle.signedBy(hotkey.account()).orElseThrow().facts())
        .containsEntry("extrinsic", "0xab")
        .containsEntry("block", "100");

    Path manifest = bundle.path().resolve("manifest-" + hotkey.account().ss58() + ".txt");
    Files.writeString(manifest, Files.readString(manifest).replace("0xab", "0xac"));
    assertThatThrownBy(() -> bundle.signedBy(hotkey.account()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a signature of");
  }

  @Test
  void writingAgainReplacesWhatAKilledRunLeft() throws Exception {
    Files.delete(bundle.path().resolve(Bundle.INPUT));

    write();

    assertThat(bundle.damaged()).isEmpty();
  }
}

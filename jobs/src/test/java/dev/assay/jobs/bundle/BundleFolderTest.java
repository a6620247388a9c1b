package dev.assay.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.storage.MemoryObjects;
import dev.assay.score.bundle.Manifest;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Policy;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
  private final Keypair hotkey = Keypair.fromUri("//Validator");

  @TempDir private Path folder;
  private BundleFolder bundle;

  @BeforeEach
  void write() {
    bundle = new BundleFolder(folder.resolve("evaluation"));
    bundle.write(contents());
  }

  private static Bundle contents() {
    ScoringInput input =
        ScoringInput.of(
            100,
            Round.only(
                Policy.named(Policy.ORIGINAL_RANKED),
                List.of(
                    ModelResult.accepted(Entry.of(1, "a", 5, "da"), Losses.of(1.0, 2.0)),
                    ModelResult.accepted(Entry.of(2, "b", 6, "db"), Losses.of(1.5, 2.5)))),
            Standings.none());
    return Bundle.of(
        Map.of("block", "100"),
        input,
        Scoring.score(input),
        "{}",
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  @Test
  void replaysBitForBit() {
    assertThat(bundle.damaged()).isEmpty();
    assertThat(bundle.replay()).isEmpty();
    assertThat(bundle.manifest().facts()).containsEntry("block", "100");
  }

  @Test
  void aChangedFileIsNamed() throws Exception {
    Path result = Path.of(bundle.address()).resolve(Bundle.RESULT);
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

    Path manifest =
        Path.of(bundle.address()).resolve("manifest-" + hotkey.account().ss58() + ".txt");
    Files.writeString(manifest, Files.readString(manifest).replace("0xab", "0xac"));
    assertThat(bundle.signedBy(hotkey.account()).orElseThrow().problem().orElseThrow())
        .contains("is not this hotkey's");
  }

  @Test
  void nobodyVouchesForABundleThatIsNotSigned() {
    assertThat(bundle.vouchers()).isEmpty();
  }

  @Test
  void aMissingPartOfASignatureIsNamed() throws Exception {
    bundle.sign(hotkey, Map.of());
    Path manifest =
        Path.of(bundle.address()).resolve("manifest-" + hotkey.account().ss58() + ".txt");
    Path signature =
        Path.of(bundle.address()).resolve("manifest-" + hotkey.account().ss58() + ".sig");
    byte[] kept = Files.readAllBytes(signature);

    Files.delete(signature);
    assertThat(bundle.vouchers().get(0).problem().orElseThrow()).contains("signature is missing");
    Files.write(signature, kept);
    Files.delete(manifest);
    assertThat(bundle.vouchers().get(0).problem().orElseThrow()).contains("manifest", "missing");
  }

  @Test
  void aSignatureOfOtherFilesVouchesForNothing() throws Exception {
    bundle.sign(hotkey, Map.of());
    Path manifest = Path.of(bundle.address()).resolve(Bundle.MANIFEST);
    Manifest own = Manifest.read(Files.readAllBytes(manifest));
    SortedMap<String, Manifest.FileDigest> files = new TreeMap<>(own.files());
    files.put(Bundle.RESULT, Manifest.FileDigest.of(new byte[0]));
    Files.write(manifest, new Manifest(own.facts(), files).toBytes());
    assertThat(bundle.vouchers().get(0).problem()).hasValue("what was signed are other files");

    SortedMap<String, String> facts = new TreeMap<>(own.facts());
    facts.put("block", "101");
    Files.write(manifest, new Manifest(facts, own.files()).toBytes());
    assertThat(bundle.vouchers().get(0).problem()).hasValue("what was signed has another block");
  }

  @Test
  void aNameThatIsNoAddressIsNoSigner() throws Exception {
    Files.writeString(Path.of(bundle.address()).resolve("manifest-mallory.txt"), "x");
    Files.writeString(Path.of(bundle.address()).resolve("manifest-mallory.sig"), "00".repeat(64));

    assertThat(bundle.vouchers()).hasSize(1);
    assertThat(bundle.vouchers().get(0).problem()).isPresent();
  }

  /** Object stores have neither folders nor renames of them. */
  @Test
  void aBundleNeedsNothingThatOnlyAFolderHas() {
    BundleFolder elsewhere = new BundleFolder(new MemoryObjects());

    elsewhere.write(contents());
    elsewhere.sign(hotkey, Map.of("extrinsic", "0xab"));

    assertThat(elsewhere.exists()).isTrue();
    assertThat(elsewhere.damaged()).isEmpty();
    assertThat(elsewhere.replay()).isEmpty();
    assertThat(elsewhere.signedBy(hotkey.account()).orElseThrow().problem()).isEmpty();
  }

  /** The manifest comes last and goes first. */
  @Test
  void aBundleThatIsNotWholeIsNone() {
    List<String> steps = new ArrayList<>();
    DurableStep.observe(
        step -> {
          if (step.startsWith("move to ") || step.startsWith("delete ")) {
            steps.add(step.substring(step.lastIndexOf('/') + 1));
          }
        });
    try {
      write();
    } finally {
      DurableStep.observe(step -> {});
    }

    assertThat(steps).startsWith(Bundle.MANIFEST).endsWith(Bundle.MANIFEST);
    assertThat(steps.indexOf(Bundle.MANIFEST)).isZero();
  }

  @Test
  void writingAgainReplacesWhatAKilledRunLeft() throws Exception {
    Files.delete(Path.of(bundle.address()).resolve(Bundle.INPUT));

    write();

    assertThat(bundle.damaged()).isEmpty();
  }
}

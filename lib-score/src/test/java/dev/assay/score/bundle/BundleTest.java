package dev.assay.score.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  @ParameterizedTest
  @ValueSource(strings = {Policy.ORIGINAL, Policy.ORIGINAL_RANKED, Policy.ASSAY_1})
  void anInputIsReadAsItWasWritten(String policy) {
    ScoringInput second = secondInput(policy);
    byte[] bytes = InputText.write(second);
    assertThat(InputText.read(bytes)).isEqualTo(second);
    assertThat(InputText.write(InputText.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void anInputOfVersion2IsReadAsAPolicyThatComparesNoLosses() {
    String text =
        new String(InputText.write(secondInput(Policy.ORIGINAL_RANKED)), StandardCharsets.UTF_8);
    String old =
        text.replace("input 3\n", "input 2\n").replaceAll("(?m)^(entrants( \\S+){4}) \\S+$", "$1");
    assertThat(old).isNotEqualTo(text);

    ScoringInput read = InputText.read(bytes(old));
    assertThat(read.rounds()).allMatch(round -> round.policy().entrants().nearLosses() == 0);
    assertThat(new String(InputText.write(read), StandardCharsets.UTF_8))
        .isEqualTo(text.replaceAll("(?m)^(entrants( \\S+){4}) \\S+$", "$1 0x0.0p0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Policy.ORIGINAL, Policy.ORIGINAL_RANKED, Policy.ASSAY_1})
  void aReplayGivesTheSameBits(String policy) {
    ScoringInput input = secondInput(policy);
    byte[] result = ResultText.write(Scoring.score(input));
    assertThat(Replay.firstDifference(InputText.write(input), result)).isEmpty();
  }

  @Test
  void aReplayNamesTheFirstDifference() {
    ScoringInput input = secondInput(Policy.ASSAY_1);
    String result = new String(ResultText.write(Scoring.score(input)), StandardCharsets.UTF_8);
    String forged = result.replaceFirst("weight 0 65535", "weight 0 65534");
    Replay.Difference difference =
        Replay.firstDifference(InputText.write(input), forged.getBytes(StandardCharsets.UTF_8))
            .orElseThrow();
    assertThat(difference).isEqualTo(new Replay.Difference(2, "weight 0 65534", "weight 0 65535"));
  }

  /** A restart between two evaluations changes nothing. */
  @Test
  void standingsSurviveARestart() {
    Standings before = Scoring.score(firstInput(Policy.ASSAY_1)).standings();
    assertThat(before.evidence()).isNotEmpty();
    assertThat(StandingsText.read(StandingsText.write(before))).isEqualTo(before);
  }

  @Test
  void whatIsNoInputIsRefusedWithItsLine() {
    String good = new String(InputText.write(secondInput(Policy.ASSAY_1)), StandardCharsets.UTF_8);
    assertRefused("", "line 1: begins with \"\", must begin with \"assay-scoring-input\"");
    assertRefused(good.replace("input 3", "input 9"), "line 1: assay-scoring-input has version 9");
    assertRefused(good.replace("block 300", "block 3x"), "line 2, word 2: is \"3x\"");
    assertRefused(good.replace("block 300", "block"), "line 2: has 1 words, must have more");
    assertRefused(good.replace("block 300", "block 300 1"), "line 2: has 3 words, must have 2");
    assertRefused(good.replace("LEFT_OUT", "KEPT"), "must be one of [PAID_AS_WINLESS, LEFT_OUT]");
    assertRefused(good + "more\n", "must be the end");
    assertRefused(good.replace("block 300", "block %3"), "two digits");
  }

  @Test
  void aManifestIsReadAsItWasWritten() {
    Manifest manifest = manifest();
    assertThat(Manifest.read(manifest.toBytes())).isEqualTo(manifest);
    assertThat(new String(manifest.toBytes(), StandardCharsets.UTF_8))
        .startsWith(
            "assay-bundle 1\nfact block 300\nfact policy assay-1\nfile input.txt 3 ba7816bf");
  }

  @Test
  void aManifestWithAForgedFileOrRootIsRefused() {
    String text = new String(manifest().toBytes(), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Manifest.read(bytes(text.replace("ba7816bf", "ba7816be"))))
        .hasMessageContaining("but that of the files is");
    assertThatThrownBy(
            () -> Manifest.read(bytes(text.replace("file input.txt", "file ../input.txt"))))
        .hasMessageContaining("file: is \"../input.txt\"");
    assertThatThrownBy(() -> Manifest.read(bytes(text.replace("fact policy", "fact block"))))
        .hasMessage("manifest: block is there twice");
  }

  @Test
  void wordsKeepEveryCharacter() {
    String odd = "a b%\n\u00e9\ud83d\ude00";
    Manifest manifest = Manifest.of(Map.of("note", odd, "nothing", ""), Map.of());
    assertThat(Manifest.read(manifest.toBytes()).facts())
        .containsEntry("note", odd)
        .containsEntry("nothing", "");
  }

  private static Manifest manifest() {
    return Manifest.of(
        Map.of("block", "300", "policy", "assay-1"),
        Map.of("input.txt", bytes("abc"), "result.txt", bytes("")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(String input, String message) {
    assertThatThrownBy(() -> InputText.read(bytes(input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ScoringInput secondInput(String policy) {
    ScoringResult first = Scoring.score(firstInput(policy));
    return input(policy, 300, 3, first.standings());
  }

  private static ScoringInput firstInput(String policy) {
    return input(policy, 200, 2, Standings.none());
  }

  private static ScoringInput input(String policy, long block, long window, Standings previous) {
    SampleVerdict ok = SampleVerdict.OK;
    SampleVerdict[] verdicts = {ok, ok, SampleVerdict.EMPTY, ok};
    Entry first = new Entry(0, "5Alice", 7, 10, OptionalInt.of(2), Optional.of("sha256:ab"));
    Entry second = new Entry(1, "5Bob", 8, 11, OptionalInt.empty(), Optional.of("-"));
    Entry third = new Entry(2, "5Eve with space", 9, 12, OptionalInt.empty(), Optional.empty());
    Outcome rejected =
        Outcome.of(Verdict.REJECTED_CHECKPOINT, new Breach("parameters at most", "9", "8"));
    List<ModelResult> models =
        List.of(
            ModelResult.accepted(first, Losses.of(new double[] {1, 2, Double.NaN, 0.1}, verdicts)),
            ModelResult.accepted(
                second, Losses.of(new double[] {1.1, 2, Double.NaN, 0.3}, verdicts)),
            ModelResult.failed(third, rejected));
    Round round =
        new Round(
            "l3",
            1,
            Policy.named(policy),
            new Samples(window, List.of("wiki", "wiki", "", "chat")),
            models);
    return new ScoringInput(block, 1, List.of(round), previous, new WeightLimits(65_535, 1));
  }
}

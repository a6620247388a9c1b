package dev.assay.jobs.bundle;

import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.bundle.InputText;
import dev.assay.score.bundle.Manifest;
import dev.assay.score.bundle.ResultText;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An evaluation's evidence: scoring's input, its result, and what both are based on. The first two
 * files alone let anyone recompute the weights bit for bit; the others allow recomputing losses.
 *
 * @param facts about the evaluation, by name
 * @param contents of the files, by name
 */
public record Bundle(SortedMap<String, String> facts, SortedMap<String, byte[]> contents) {
  /** What {@link InputText} wrote. */
  public static final String INPUT = "scoring-input.txt";

  /** What {@link ResultText} wrote. */
  public static final String RESULT = "scoring-result.txt";

  /** Names, sizes and digests of all other files, and the facts. */
  public static final String MANIFEST = "manifest.txt";

  static final String CONFIGURATION = "configuration.json";
  static final String COMMITMENTS = "commitments.ndjson";
  static final String VERDICTS = "verdicts.ndjson";
  static final String LOSSES = "losses.ndjson";
  static final String FINGERPRINTS = "fingerprints.ndjson";
  static final String SAMPLES = "samples-%s.ndjson";

  /**
   * Puts an evaluation's evidence together.
   *
   * @param configuration every setting in effect, without secrets
   * @param samples drawn, by competition, in the draw's order
   * @param fingerprints in which near-copies were looked for; none if no policy asks
   */
  public static Bundle of(
      Map<String, String> facts,
      ScoringInput input,
      ScoringResult result,
      String configuration,
      List<CommitmentRow> commitments,
      List<VerdictRow> verdicts,
      Map<String, List<SampleRow>> samples,
      List<LossRow> losses,
      List<FingerprintRow> fingerprints) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    contents.put(INPUT, InputText.write(input));
    contents.put(RESULT, ResultText.write(result));
    contents.put(CONFIGURATION, (configuration + "\n").getBytes(StandardCharsets.UTF_8));
    contents.put(COMMITMENTS, JsonLines.of(commitments));
    contents.put(VERDICTS, JsonLines.of(verdicts));
    contents.put(LOSSES, JsonLines.of(losses));
    contents.put(FINGERPRINTS, JsonLines.of(fingerprints));
    samples.forEach(
        (competition, rows) -> contents.put(SAMPLES.formatted(competition), JsonLines.of(rows)));
    return new Bundle(new TreeMap<>(facts), contents);
  }

  /** The manifest of these contents. */
  public Manifest manifest() {
    return Manifest.of(facts, contents);
  }
}

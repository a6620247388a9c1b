package dev.assay.report.board;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.report.explain.ExplanationReport;
import dev.assay.report.explain.ExplanationText;
import dev.assay.score.contest.Round;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoredRounds;
import dev.assay.score.weights.ScoringInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only a bundle holds of an evaluation: every loss, the policy, and so the reasons.
 *
 * @param scored what scoring made of the models, in the rounds' order
 * @param samples drawn, by competition
 * @param why what is to be said of a model, by competition and hotkey
 */
public record BundleEvidence(
    ScoringInput input,
    List<ScoredModel> scored,
    Map<String, List<SampleRow>> samples,
    Map<List<String>, List<String>> why) {
  /**
   * Reads a bundle.
   *
   * @throws IllegalArgumentException if it is damaged, missing or of a release that this one does
   *     not know
   */
  public static BundleEvidence of(BundleFolder folder) {
    ExplanationReport.requireWhole(folder);
    ScoringInput input = folder.input();
    ScoredRounds rounds = ScoredRounds.of(input);
    Map<String, List<SampleRow>> samples = new HashMap<>();
    for (Round round : input.rounds()) {
      String name = "samples-" + round.competition() + ".ndjson";
      boolean has = folder.manifest().files().containsKey(name);
      samples.put(round.competition(), has ? folder.samples(round.competition()) : List.of());
    }
    Map<List<String>, List<String>> why = new HashMap<>();
    ExplanationReport.of(folder, rounds)
        .models()
        .forEach(
            model ->
                why.put(
                    List.of(model.competition(), model.hotkey()),
                    ExplanationText.of(model, Integer.MAX_VALUE, "")));
    return new BundleEvidence(input, rounds.result().models(), samples, why);
  }

  Optional<Round> round(String competition) {
    return input.rounds().stream()
        .filter(round -> round.competition().equals(competition))
        .findFirst();
  }
}

package dev.assay.score.bundle;

import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Registration;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.UidWeight;

/** An evaluation's result, as bytes; the vector comes first, because it is what everyone checks. */
public final class ResultText {
  private static final String HEADER = "assay-scoring-result";
  private static final long VERSION = 1;

  private ResultText() {}

  /** The result as bytes; equal results give equal bytes. */
  public static byte[] write(ScoringResult result) {
    Lines lines = new Lines().add(HEADER, VERSION);
    for (UidWeight weight : result.vector().weights()) {
      lines.add("weight", weight.uid(), weight.weight());
    }
    for (ScoredModel model : result.models()) {
      lines.add(
          "model",
          model.competition(),
          model.entry().uid(),
          model.entry().hotkey(),
          model.outcome().verdict(),
          model.outcome().blame().map(Blame::name).orElse("-"),
          model.meanLoss(),
          model.wins(),
          model.matches(),
          model.winRate(),
          model.stepWeight(),
          model.weight(),
          model.weightU16());
    }
    for (Registration kept : result.kept()) {
      lines.add("kept", kept.uid(), kept.hotkey(), kept.block());
    }
    StandingsText.write(lines, result.standings());
    return lines.toBytes();
  }
}

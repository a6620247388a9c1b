package dev.assay.jobs.work;

import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.ComputationLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.NormBounds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a competition asks of a model, as executors need it.
 *
 * @param competition its id
 * @param softNorm and the two after it: the limits on norms, as large as can be where there are
 *     none
 * @param flopsPerToken and the one after it: the limits on computation
 */
public record ModelRules(
    String competition,
    List<String> families,
    long minParameters,
    long maxParameters,
    long maxBytes,
    double softNorm,
    double softShare,
    double hardNorm,
    long flopsPerToken,
    long bytesPerToken)
    implements Serializable {

  /** The rules of a competition. */
  public static ModelRules of(Competition competition) {
    NormBounds norms =
        competition.norms().orElse(new NormBounds(Double.MAX_VALUE, 1, Double.MAX_VALUE));
    return new ModelRules(
        competition.id(),
        new ArrayList<>(competition.families()),
        competition.minParameters(),
        competition.maxParameters(),
        competition.maxBytes(),
        norms.soft(),
        norms.softShare(),
        norms.hard(),
        competition.computation().flopsPerToken(),
        competition.computation().bytesPerToken());
  }

  /** The limits on files and parameters. */
  public CheckpointLimits checkpoint() {
    CheckpointLimits defaults = CheckpointLimits.defaults();
    return new CheckpointLimits(
        defaults.files(),
        defaults.jsonBytes(),
        defaults.tokenizerBytes(),
        defaults.headerBytes(),
        defaults.tensors(),
        maxParameters,
        maxBytes);
  }

  /** The limits on the norms of projections. */
  public NormLimits norms() {
    return new NormLimits(softNorm, softShare, hardNorm);
  }

  /** The limits on what a token may cost. */
  public ComputationLimits computation() {
    return new ComputationLimits(flopsPerToken, bytesPerToken);
  }
}

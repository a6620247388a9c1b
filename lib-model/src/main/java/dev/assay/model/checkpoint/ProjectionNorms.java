package dev.assay.model.checkpoint;

import dev.assay.model.architecture.Part;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The original's check of a model's norms (NousResearch/finetuning-subnet, model/model_updater.py):
 * no projection above the hard limit, and few above the soft one. Fused projections, which the
 * original does not know, are kinds of their own.
 */
final class ProjectionNorms {
  private static final Set<Part> LIMITED =
      Set.of(
          Part.QUERY,
          Part.KEY,
          Part.VALUE,
          Part.QUERY_KEY_VALUE,
          Part.QUERY_KEY_VALUE_BY_HEAD,
          Part.OUTPUT,
          Part.UP,
          Part.GATE_UP,
          Part.DOWN);

  private final NormLimits limits;
  private final Map<Part, Integer> counted = new EnumMap<>(Part.class);
  private final Map<Part, Integer> exceeding = new EnumMap<>(Part.class);

  ProjectionNorms(NormLimits limits) {
    this.limits = limits;
  }

  /** Takes one tensor's norm; only projections count. */
  void accept(Part part, String name, double norm) throws RejectedCheckpointException {
    if (!LIMITED.contains(part)) {
      return;
    }
    // Written so that NaN fails, which the original's comparison lets pass.
    if (!(norm <= limits.hard())) {
      throw RejectedCheckpointException.because(
          Rejection.NORM_TOO_LARGE,
          "the norm of %s is %.1f; the limit is %.1f",
          name,
          norm,
          limits.hard());
    }
    counted.merge(part, 1, Integer::sum);
    exceeding.merge(part, norm <= limits.soft() ? 0 : 1, Integer::sum);
  }

  /** After all tensors: the mean of the kinds' shares above the soft limit. */
  void requireFewExceeding() throws RejectedCheckpointException {
    double share =
        counted.keySet().stream()
            .mapToDouble(part -> (double) exceeding.get(part) / counted.get(part))
            .average()
            .orElse(0);
    if (!(share <= limits.softShare())) {
      throw RejectedCheckpointException.because(
          Rejection.NORM_TOO_LARGE,
          "%.1f %% of the projections have a norm above %.1f; the limit is %.1f %%",
          100 * share,
          limits.soft(),
          100 * limits.softShare());
    }
  }
}

package dev.assay.jobs.config;

import dev.assay.score.Competition;
import dev.assay.score.Dtype;
import dev.assay.score.NormLimits;
import dev.assay.score.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of one competition in {@code competitions.yaml}; {@link Competition} says what each is.
 */
record CompetitionRules(
    String id,
    List<String> families,
    long minParameters,
    long maxParameters,
    long maxBytes,
    String tokenizer,
    String template,
    int sequenceLength,
    int samples,
    String dtype,
    Norms norms,
    String base,
    double rewardShare,
    String policy) {

  record Norms(double soft, double softShare, double hard) {}

  Competition competition() {
    return new Competition(
        id,
        families == null ? List.of() : families,
        minParameters,
        maxParameters,
        maxBytes,
        tokenizer,
        template,
        sequenceLength,
        samples,
        rewardShare,
        knownDtype(),
        Optional.ofNullable(norms).map(n -> new NormLimits(n.soft(), n.softShare(), n.hard())),
        Optional.ofNullable(base).filter(model -> !model.isBlank()),
        Policy.named(String.valueOf(policy)));
  }

  private Dtype knownDtype() {
    for (Dtype known : Dtype.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(dtype)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "competition " + id + ": dtype is " + dtype + "; f32 or bf16");
  }
}

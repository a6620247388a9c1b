package dev.assay.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.ComputationLimits;
import dev.assay.score.rules.Dtype;
import dev.assay.score.rules.NormLimits;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of one competition in {@code competitions.yaml}; {@link Competition} says what each is.
 *
 * @param maxFlopsPerToken may be absent, as the next: {@link ComputationLimits#of} then
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
    Long maxFlopsPerToken,
    Long maxBytesPerToken,
    String base,
    double rewardShare,
    String policy) {

  record Norms(double soft, double softShare, double hard) {}

  /**
   * Gives null to the keys that a competition of the file may leave out; the others must be there.
   */
  static void fillIn(JsonNode file) {
    for (JsonNode era : file.path("eras")) {
      for (JsonNode rules : era.path("competitions")) {
        if (rules instanceof ObjectNode competition) {
          competition.putIfAbsent("max_flops_per_token", competition.nullNode());
          competition.putIfAbsent("max_bytes_per_token", competition.nullNode());
        }
      }
    }
  }

  /** The rules of a competition, every key given. */
  static CompetitionRules of(Competition competition) {
    return new CompetitionRules(
        competition.id(),
        competition.families(),
        competition.minParameters(),
        competition.maxParameters(),
        competition.maxBytes(),
        competition.tokenizer(),
        competition.template(),
        competition.sequenceLength(),
        competition.samples(),
        competition.dtype().name().toLowerCase(Locale.ROOT),
        competition
            .norms()
            .map(limits -> new Norms(limits.soft(), limits.softShare(), limits.hard()))
            .orElse(null),
        competition.computation().flopsPerToken(),
        competition.computation().bytesPerToken(),
        competition.base().orElse(""),
        competition.rewardShare(),
        competition.policy().name());
  }

  Competition competition() {
    Require.present("a competition's id", id);
    Require.present("competition " + id + ": tokenizer", tokenizer);
    Require.present("competition " + id + ": template", template);
    Require.present("competition " + id + ": policy", policy);
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
        computation(),
        Optional.ofNullable(base).filter(model -> !model.isBlank()),
        Policy.named(policy));
  }

  private ComputationLimits computation() {
    ComputationLimits usual = ComputationLimits.of(Math.max(1, maxParameters));
    return new ComputationLimits(
        maxFlopsPerToken == null ? usual.flopsPerToken() : maxFlopsPerToken,
        maxBytesPerToken == null ? usual.bytesPerToken() : maxBytesPerToken);
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

package dev.assay.jobs.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.model.causal.Precision;
import dev.assay.score.Limits;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.ComputationBounds;
import dev.assay.score.rules.EarlyStop;
import dev.assay.score.rules.NormBounds;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The shape of one competition in {@code competitions.yaml}; {@link Competition} says what each is.
 *
 * @param maxSize of a published repository
 * @param maxFlopsPerToken may be absent, as the next: {@link ComputationBounds#of} then
 * @param maxActivationsPerToken as F32
 * @param earlyStop may be absent: no model is stopped then, and the key is not written back
 */
record CompetitionRules(
    String id,
    List<String> families,
    long minParameters,
    long maxParameters,
    DataSize maxSize,
    String tokenizer,
    String template,
    int sequenceLength,
    int samples,
    String dtype,
    Norms norms,
    Optional<Long> maxFlopsPerToken,
    Optional<DataSize> maxActivationsPerToken,
    String base,
    double rewardShare,
    String policy,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Stopping> earlyStop)
    implements Checked {

  record Norms(double soft, double softShare, double hard) {}

  record Stopping(double error) {}

  /** The rules of a competition, every key given. */
  static CompetitionRules of(Competition competition) {
    return new CompetitionRules(
        competition.id(),
        competition.families(),
        competition.minParameters(),
        competition.maxParameters(),
        new DataSize(competition.maxBytes()),
        competition.tokenizer(),
        competition.template(),
        competition.sequenceLength(),
        competition.samples(),
        competition.dtype(),
        competition
            .norms()
            .map(limits -> new Norms(limits.soft(), limits.softShare(), limits.hard()))
            .orElse(null),
        Optional.of(competition.computation().flopsPerToken()),
        Optional.of(new DataSize(competition.computation().bytesPerToken())),
        competition.base().orElse(""),
        competition.rewardShare(),
        competition.policy().name(),
        competition.policy().ranking().earlyStop().map(rule -> new Stopping(rule.error())));
  }

  /** What each key may be, whatever the others are; stand-ins take the places of those. */
  @Override
  public void check() {
    String of = of();
    Limits.all(
        () -> Require.present("a competition's id", id),
        () -> Require.present(of + "tokenizer", tokenizer),
        () -> Require.present(of + "template", template),
        () -> Require.present(of + "policy", policy));
    Limits.all(
        this::requirePrecision,
        this::normBounds,
        this::computation,
        this::namedPolicy,
        () ->
            competition(
                Optional.empty(), ComputationBounds.of(1), Policy.named(Policy.ORIGINAL_RANKED)));
  }

  Competition competition() {
    requirePrecision();
    return competition(normBounds(), computation(), namedPolicy());
  }

  private Competition competition(
      Optional<NormBounds> limits, ComputationBounds computation, Policy rules) {
    return new Competition(
        id,
        families == null ? List.of() : families,
        minParameters,
        maxParameters,
        maxSize.bytes(),
        tokenizer,
        template,
        sequenceLength,
        samples,
        rewardShare,
        dtype,
        limits,
        computation,
        Optional.ofNullable(base).filter(model -> !model.isBlank()),
        rules);
  }

  private Optional<NormBounds> normBounds() {
    return Optional.ofNullable(norms)
        .map(n -> ofThis(() -> new NormBounds(n.soft(), n.softShare(), n.hard())));
  }

  private Policy namedPolicy() {
    return ofThis(
        () -> {
          Policy named = Policy.named(policy);
          return earlyStop
              .map(rule -> named.withEarlyStop(new EarlyStop(rule.error())))
              .orElse(named);
        });
  }

  private ComputationBounds computation() {
    ComputationBounds usual = ComputationBounds.of(Math.max(1, maxParameters));
    return ofThis(
        () ->
            new ComputationBounds(
                maxFlopsPerToken.orElse(usual.flopsPerToken()),
                maxActivationsPerToken.map(DataSize::bytes).orElse(usual.bytesPerToken())));
  }

  /** Has a part's faults name the competition. */
  private <T> T ofThis(Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(of() + refused.getMessage(), refused);
    }
  }

  private String of() {
    return "competition " + id + ": ";
  }

  private void requirePrecision() {
    try {
      Precision.named(dtype);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(of() + "dtype is " + dtype + "; f32 or bf16", unknown);
    }
  }
}

package dev.assay.jobs.config;

import dev.assay.score.Limits;
import dev.assay.score.rules.Competition;
import dev.assay.score.rules.ComputationLimits;
import dev.assay.score.rules.Dtype;
import dev.assay.score.rules.NormLimits;
import dev.assay.score.rules.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The shape of one competition in {@code competitions.yaml}; {@link Competition} says what each is.
 *
 * @param maxSize of a published repository
 * @param maxFlopsPerToken may be absent, as the next: {@link ComputationLimits#of} then
 * @param maxActivationsPerToken as F32
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
    String policy)
    implements Checked {

  record Norms(double soft, double softShare, double hard) {}

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
        competition.dtype().name().toLowerCase(Locale.ROOT),
        competition
            .norms()
            .map(limits -> new Norms(limits.soft(), limits.softShare(), limits.hard()))
            .orElse(null),
        Optional.of(competition.computation().flopsPerToken()),
        Optional.of(new DataSize(competition.computation().bytesPerToken())),
        competition.base().orElse(""),
        competition.rewardShare(),
        competition.policy().name());
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
        this::knownDtype,
        this::normLimits,
        this::computation,
        this::namedPolicy,
        () ->
            competition(
                Dtype.F32,
                Optional.empty(),
                ComputationLimits.of(1),
                Policy.named(Policy.ORIGINAL_RANKED)));
  }

  Competition competition() {
    return competition(knownDtype(), normLimits(), computation(), namedPolicy());
  }

  private Competition competition(
      Dtype format, Optional<NormLimits> limits, ComputationLimits computation, Policy rules) {
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
        format,
        limits,
        computation,
        Optional.ofNullable(base).filter(model -> !model.isBlank()),
        rules);
  }

  private Optional<NormLimits> normLimits() {
    return Optional.ofNullable(norms)
        .map(n -> ofThis(() -> new NormLimits(n.soft(), n.softShare(), n.hard())));
  }

  private Policy namedPolicy() {
    return ofThis(() -> Policy.named(policy));
  }

  private ComputationLimits computation() {
    ComputationLimits usual = ComputationLimits.of(Math.max(1, maxParameters));
    return ofThis(
        () ->
            new ComputationLimits(
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

  private Dtype knownDtype() {
    for (Dtype known : Dtype.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(dtype)) {
        return known;
      }
    }
    throw new IllegalArgumentException(of() + "dtype is " + dtype + "; f32 or bf16");
  }
}

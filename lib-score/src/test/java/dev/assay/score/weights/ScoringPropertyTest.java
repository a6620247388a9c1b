package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Verdict;
import dev.assay.score.explain.Explanation;
import dev.assay.score.explain.Explanations;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScoringPropertyTest {
  private static final int SAMPLES = 24;

  @Property(tries = 200)
  void theOrderOfTheInputChangesNothing(
      @ForAll("fields") List<ModelResult> field,
      @ForAll("policies") String policy,
      @ForAll long shuffle) {
    List<ModelResult> shuffled = new ArrayList<>(field);
    Collections.shuffle(shuffled, new Random(shuffle));
    Map<Integer, ScoredModel> models = byUid(score(policy, field));
    Map<Integer, ScoredModel> others = byUid(score(policy, shuffled));
    for (Map.Entry<Integer, ScoredModel> model : models.entrySet()) {
      ScoredModel other = others.get(model.getKey());
      assertThat(other.outcome().verdict()).isEqualTo(model.getValue().outcome().verdict());
      assertThat(other.wins()).isEqualTo(model.getValue().wins());
      assertThat(other.weightU16())
          .isBetween(model.getValue().weightU16() - 1, model.getValue().weightU16() + 1);
    }
  }

  @Property(tries = 200)
  void theSameInputGivesTheSameBits(
      @ForAll("fields") List<ModelResult> field, @ForAll("policies") String policy) {
    assertThat(score(policy, field)).isEqualTo(score(policy, field));
  }

  /**
   * Of the policies that count wins. Under assay-1 a lower loss on single samples can widen the
   * bounds.
   */
  @Property(tries = 200)
  void aLowerLossNeverCostsAnything(
      @ForAll("fields") List<ModelResult> field,
      @ForAll("countingPolicies") String policy,
      @ForAll("better") double factor) {
    ModelResult first = field.get(0);
    double[] lower = first.losses().toArray();
    for (int i = 0; i < lower.length; i++) {
      lower[i] *= factor;
    }
    List<ModelResult> improved = new ArrayList<>(field);
    improved.set(0, ModelResult.accepted(first.entry(), Losses.of(lower)));
    ScoringResult was = score(policy, field);
    ScoringResult is = score(policy, improved);
    // Whoever comes near another model is its copy from then on: that is another rule's matter.
    Assume.that(verdicts(was).equals(verdicts(is)));
    ScoredModel before = was.models().get(0);
    ScoredModel after = is.models().get(0);
    assertThat(after.wins()).isGreaterThanOrEqualTo(before.wins());
    assertThat(after.stepWeight()).isGreaterThanOrEqualTo(before.stepWeight() * (1 - 1e-9));
  }

  private static List<Verdict> verdicts(ScoringResult result) {
    return result.models().stream().map(model -> model.outcome().verdict()).toList();
  }

  @Property(tries = 200)
  void weightsAreNeverNegativeAndAStepNeverPaysMoreThanThereIs(
      @ForAll("fields") List<ModelResult> field, @ForAll("policies") String policy) {
    ScoringResult result = score(policy, field);
    assertThat(result.models()).allMatch(model -> model.weight() >= 0 && model.stepWeight() >= 0);
    assertThat(result.models().stream().mapToDouble(ScoredModel::stepWeight).sum())
        .isLessThan(1 + 1e-9);
    assertThat(result.vector().weights())
        .extracting(UidWeight::weight)
        .allMatch(weight -> weight > 0)
        .contains(WeightLimits.MAX);
  }

  @Property(tries = 200)
  void everyModelIsExplained(
      @ForAll("fields") List<ModelResult> field, @ForAll("policies") String policy) {
    ScoringInput input = input(policy, field);
    List<Explanation> explanations = Explanations.of(input);
    assertThat(explanations).hasSameSizeAs(field);
    for (int i = 0; i < field.size(); i++) {
      Explanation explanation = explanations.get(i);
      assertThat(explanation.entry()).isEqualTo(field.get(i).entry());
      // A copy takes no part, so nothing but the earlier model stands in its way.
      boolean reported =
          explanation.outcome().isAccepted()
              ? explanation.leads() || !explanation.obstacles().isEmpty()
              : explanation.nearCopy().isPresent();
      assertThat(reported).isTrue();
    }
    if (policy.equals(Policy.ASSAY_1)) {
      List<ScoredModel> models = Scoring.score(input).models();
      for (int i = 0; i < field.size(); i++) {
        assertThat(explanations.get(i).leads()).isEqualTo(models.get(i).stepWeight() == 1);
      }
    }
  }

  @Provide
  Arbitrary<String> policies() {
    return Arbitraries.of(Policy.names());
  }

  @Provide
  Arbitrary<String> countingPolicies() {
    return Arbitraries.of(Policy.ORIGINAL, Policy.ORIGINAL_RANKED);
  }

  @Provide
  Arbitrary<Double> better() {
    return Arbitraries.doubles().between(0.2, 1);
  }

  @Provide
  Arbitrary<List<ModelResult>> fields() {
    Arbitrary<double[]> losses =
        Arbitraries.doubles().between(0.1, 5).array(double[].class).ofSize(SAMPLES);
    Arbitrary<Long> blocks = Arbitraries.longs().between(1, 5);
    return Combinators.combine(losses, blocks)
        .as((values, block) -> Map.entry(values, block))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(ScoringPropertyTest::field);
  }

  private static List<ModelResult> field(List<Map.Entry<double[], Long>> drawn) {
    List<ModelResult> field = new ArrayList<>();
    for (int uid = 0; uid < drawn.size(); uid++) {
      Entry entry = Entry.of(uid, "h" + uid, drawn.get(uid).getValue(), "d" + uid);
      field.add(ModelResult.accepted(entry, Losses.of(drawn.get(uid).getKey())));
    }
    return field;
  }

  private static ScoringInput input(String policy, List<ModelResult> field) {
    return ScoringInput.of(100, Round.only(Policy.named(policy), field), Standings.none());
  }

  private static ScoringResult score(String policy, List<ModelResult> field) {
    return Scoring.score(input(policy, field));
  }

  private static Map<Integer, ScoredModel> byUid(ScoringResult result) {
    return result.models().stream()
        .collect(Collectors.toMap(model -> model.entry().uid(), Function.identity()));
  }
}

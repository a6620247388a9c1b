package dev.assay.report.explain;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.explain.Explanation;
import dev.assay.score.explain.Explanations;
import dev.assay.score.explain.Obstacle;
import dev.assay.score.explain.Stopped;
import dev.assay.score.statistics.Interval;
import dev.assay.score.statistics.Significance;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.ScoredRounds;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why every model of a bundle's evaluation stands where it stands. Text that a miner or a feed
 * chose is as it came: escape it where it is shown.
 *
 * @param block the evaluation's block
 * @param models in the order of the evaluation
 */
public record ExplanationReport(long block, List<Model> models) {
  /**
   * One model.
   *
   * @param repository {@code namespace/name}, where the bundle's verdicts name it
   * @param committedBlock the block of its commitment
   * @param blame whose fault a failure is
   * @param rule the rule that it broke, with its {@code value} and the {@code limit}
   * @param reason the same in one text, where the evaluation found it before scoring
   * @param nearCopy of which earlier model its losses are nearly a copy; a DUPLICATE then, unless
   *     the policy pays near-copies as the original does
   * @param stopped where its evaluation ended early
   * @param meanLoss over its samples; NaN where there is none
   * @param average the resulting moving average
   * @param weight its share of the vector for the chain
   * @param leads whether nothing stands in its way
   */
  public record Model(
      int uid,
      String hotkey,
      Optional<String> repository,
      String competition,
      long committedBlock,
      String verdict,
      Optional<Blame> blame,
      Optional<String> rule,
      Optional<String> value,
      Optional<String> limit,
      Optional<String> reason,
      Optional<Breach> nearCopy,
      Optional<Stop> stopped,
      double meanLoss,
      double winRate,
      double average,
      double weight,
      int weightU16,
      boolean leads,
      List<InTheWay> obstacles) {}

  /**
   * Where a model's evaluation ended early.
   *
   * @param after how many samples, of {@code samples}
   * @param uid of the earlier model that it cannot overtake
   * @param error probability that any model of the evaluation is stopped that would have got ahead
   */
  public record Stop(int after, int samples, int uid, Optional<String> repository, double error) {}

  /**
   * A model that stands in the way.
   *
   * @param isEarlier whether it has the advantage over the model that is explained
   * @param epsilon the advantage of the earlier of the two now, a share of the loss
   * @param ahead how far the explained model is ahead beyond ε over all windows, in nats per token,
   *     with bounds; absent where wins are counted
   * @param confidence with which these bounds hold
   * @param decision LATER or EARLIER if one is established to be better, else UNRESOLVED
   * @param aheadThisWindow the same on this window's samples alone, bounds of 95 %
   * @param sufficientEpsilon the advantage at which the explained model would be ahead
   * @param sufficientFromBlock the block from which the advantage is so small; absent where it
   *     never is
   * @param nextDecision the next window in which the pair is decided on; absent where it is in
   *     every window
   * @param won samples that the explained model won, of {@code matches}
   * @param decisive the samples that spoke most against it, worst first
   */
  public record InTheWay(
      int uid,
      Optional<String> repository,
      boolean isEarlier,
      double epsilon,
      Optional<Interval> ahead,
      Optional<Double> confidence,
      Optional<String> decision,
      Interval aheadThisWindow,
      Optional<Double> sufficientEpsilon,
      Optional<Long> sufficientFromBlock,
      Optional<Long> nextDecision,
      int won,
      int lost,
      int matches,
      List<Decisive> decisive) {}

  /** A sample on which a model lost most against another. */
  public record Decisive(
      int place, Optional<String> id, Optional<String> prompt, double loss, double theirLoss) {}

  /**
   * Explains a bundle.
   *
   * @throws IllegalArgumentException if the bundle is damaged or no bundle
   */
  public static ExplanationReport of(BundleFolder folder) {
    requireWhole(folder);
    return of(folder, ScoredRounds.of(folder.input()));
  }

  /**
   * Explains a bundle that was read before.
   *
   * @param rounds the bundle's, scored
   */
  public static ExplanationReport of(BundleFolder folder, ScoredRounds rounds) {
    return new Reading(folder, rounds.input()).report(rounds);
  }

  /**
   * Refuses a bundle whose files are not what its manifest says.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static void requireWhole(BundleFolder folder) {
    List<String> damaged = folder.damaged();
    if (!damaged.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s is not what the manifest says; get the bundle again"
              .formatted(folder.address(), String.join(", ", damaged)));
    }
  }

  /** Only the model of one uid. */
  public ExplanationReport only(int uid) {
    return new ExplanationReport(
        block, models.stream().filter(model -> model.uid() == uid).toList());
  }

  private static final class Reading {
    private final ScoringInput input;
    private final Map<String, String> repositories = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, List<SampleRow>> samples = new HashMap<>();

    Reading(BundleFolder folder, ScoringInput input) {
      this.input = input;
      for (VerdictRow verdict : folder.verdicts()) {
        verdict.repository().ifPresent(name -> repositories.put(verdict.hotkey(), name));
        if (!verdict.reason().isEmpty()) {
          reasons.put(verdict.hotkey(), verdict.reason());
        }
      }
      for (Round round : input.rounds()) {
        String id = round.competition();
        boolean known = folder.manifest().files().containsKey("samples-" + id + ".ndjson");
        samples.put(id, known ? folder.samples(id) : List.of());
      }
    }

    ExplanationReport report(ScoredRounds rounds) {
      ScoringResult result = rounds.result();
      List<ScoredModel> scored = result.models();
      long sum = result.vector().weights().stream().mapToLong(UidWeight::weight).sum();
      List<Explanation> explanations = Explanations.of(rounds);
      List<Model> models = new ArrayList<>();
      int place = 0;
      for (Round round : input.rounds()) {
        for (int i = 0; i < round.models().size(); i++, place++) {
          models.add(model(round, scored.get(place), explanations.get(place), sum));
        }
      }
      return new ExplanationReport(input.block(), models);
    }

    private Model model(Round round, ScoredModel scored, Explanation explanation, long sum) {
      return new Model(
          scored.entry().uid(),
          scored.entry().hotkey(),
          repository(scored.entry().hotkey()),
          scored.competition(),
          scored.entry().block(),
          explanation.outcome().verdict().name(),
          explanation.outcome().blame(),
          explanation.outcome().breach().map(breach -> breach.rule()),
          explanation.outcome().breach().map(breach -> breach.value()),
          explanation.outcome().breach().map(breach -> breach.limit()),
          Optional.ofNullable(reasons.get(scored.entry().hotkey())),
          explanation.nearCopy(),
          explanation.stopped().map(this::stop),
          scored.meanLoss(),
          scored.winRate(),
          scored.weight(),
          WeightVector.share(scored.weightU16(), sum),
          scored.weightU16(),
          explanation.leads(),
          explanation.obstacles().stream()
              .map(obstacle -> inTheWay(round, scored.entry().uid(), obstacle))
              .toList());
    }

    private Stop stop(Stopped stopped) {
      return new Stop(
          stopped.after(),
          stopped.of(),
          stopped.ahead().uid(),
          repository(stopped.ahead().hotkey()),
          stopped.error());
    }

    private InTheWay inTheWay(Round round, int uid, Obstacle obstacle) {
      ModelResult own = result(round, uid);
      ModelResult theirs = result(round, obstacle.opponent().uid());
      return new InTheWay(
          obstacle.opponent().uid(),
          repository(obstacle.opponent().hotkey()),
          obstacle.opponentIsEarlier(),
          obstacle.epsilon(),
          obstacle.ahead(),
          obstacle.confidence().stream().boxed().findFirst(),
          obstacle.decision().map(Enum::name),
          obstacle.thisWindow(),
          obstacle.sufficientEpsilon().stream().boxed().findFirst(),
          boxed(obstacle.untilBlock()),
          nextDecision(round),
          obstacle.comparison().wins(),
          obstacle.comparison().losses(),
          obstacle.comparison().matches(),
          obstacle.decisiveSamples().stream()
              .map(place -> decisive(round, place, own, theirs))
              .toList());
    }

    private Decisive decisive(Round round, int place, ModelResult own, ModelResult theirs) {
      List<SampleRow> drawn = samples.get(round.competition());
      Optional<SampleRow> sample =
          place < drawn.size() ? Optional.of(drawn.get(place)) : Optional.empty();
      return new Decisive(
          place,
          sample.map(SampleRow::sampleId),
          sample.map(SampleRow::prompt),
          own.losses().at(place),
          theirs.losses().at(place));
    }

    private static Optional<Long> nextDecision(Round round) {
      long window = round.samples().window();
      return round
          .policy()
          .ranking()
          .significance()
          .map(Significance::decideEvery)
          .filter(every -> window >= 0 && every > 1)
          .map(every -> (window / every + 1) * every);
    }

    private static ModelResult result(Round round, int uid) {
      return round.models().stream()
          .filter(model -> model.entry().uid() == uid)
          .findFirst()
          .orElseThrow();
    }

    private Optional<String> repository(String hotkey) {
      return Optional.ofNullable(repositories.get(hotkey));
    }

    private static Optional<Long> boxed(OptionalLong value) {
      return value.stream().boxed().findFirst();
    }
  }
}

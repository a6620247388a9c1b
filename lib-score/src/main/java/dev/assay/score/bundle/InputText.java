package dev.assay.score.bundle;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All that weights depend on, as bytes: from these alone anybody computes the same vector. */
public final class InputText {
  private static final String HEADER = "assay-scoring-input";

  /** What is written where no policy stops models early. */
  private static final long WITHOUT_EARLY_STOP = 3;

  private static final long VERSION = 4;

  /** Its policies have no share of near losses; everything else is the same. */
  private static final long OLDEST = 2;

  private static final String UNKNOWN = "-";

  private InputText() {}

  /** The input as bytes; equal inputs give equal bytes. */
  public static byte[] write(ScoringInput input) {
    Lines lines = new Lines().add(HEADER, version(input));
    lines.add("block", input.block()).add("competitions", input.competitions());
    lines.add("limits", input.limits().maxWeight(), input.limits().minCount());
    input.rounds().forEach(round -> write(lines, round));
    StandingsText.write(lines, input.previous());
    return lines.toBytes();
  }

  /**
   * The input that was written.
   *
   * @throws IllegalArgumentException if the bytes are not an input or hold what no input may; the
   *     message names the line or the value
   */
  public static ScoringInput read(byte[] bytes) {
    LineReader in = new LineReader(bytes);
    Versions.check(in, HEADER, OLDEST, VERSION);
    long block = in.expect("block").integer();
    in.endLine();
    int competitions = in.expect("competitions").smallInteger();
    in.endLine();
    WeightLimits limits = new WeightLimits(in.expect("limits").smallInteger(), in.smallInteger());
    in.endLine();
    List<Round> rounds = new ArrayList<>();
    while (in.isNext("round")) {
      rounds.add(round(in));
    }
    Standings previous = StandingsText.read(in);
    in.end();
    return new ScoringInput(block, competitions, rounds, previous, limits);
  }

  private static long version(ScoringInput input) {
    boolean stops =
        input.rounds().stream().anyMatch(round -> round.policy().ranking().earlyStop().isPresent());
    return stops ? VERSION : WITHOUT_EARLY_STOP;
  }

  private static void write(Lines lines, Round round) {
    lines.add("round", round.competition(), round.rewardShare());
    PolicyText.write(lines, round.policy());
    lines.add("window", round.samples().window());
    lines.add("clusters", round.samples().clusters().toArray());
    for (ModelResult model : round.models()) {
      write(lines, model);
    }
  }

  private static void write(Lines lines, ModelResult model) {
    Entry entry = model.entry();
    lines.add(
        "model",
        entry.uid(),
        entry.hotkey(),
        entry.registrationBlock(),
        entry.block(),
        entry.extrinsicIndex().isPresent() ? entry.extrinsicIndex().getAsInt() : UNKNOWN,
        entry.digest().isPresent() ? "=" + entry.digest().get() : UNKNOWN);
    Outcome outcome = model.outcome();
    lines.add("outcome", outcome.verdict(), outcome.blame().map(Blame::name).orElse(UNKNOWN));
    outcome
        .breach()
        .ifPresent(breach -> lines.add("breach", breach.rule(), breach.value(), breach.limit()));
    List<Object> words = new ArrayList<>();
    for (int i = 0; i < model.losses().count(); i++) {
      boolean empty = model.losses().verdict(i) == SampleVerdict.EMPTY;
      words.add(empty ? SampleVerdict.EMPTY : (Object) model.losses().at(i));
    }
    lines.add("losses", words.toArray());
  }

  private static Round round(LineReader in) {
    String competition = in.expect("round").text();
    double share = in.number();
    in.endLine();
    Policy policy = PolicyText.read(in);
    long window = in.expect("window").integer();
    in.endLine();
    List<String> clusters = new ArrayList<>();
    in.expect("clusters");
    while (in.hasWord()) {
      clusters.add(in.text());
    }
    List<ModelResult> models = new ArrayList<>();
    while (in.isNext("model")) {
      models.add(model(in));
    }
    return new Round(competition, share, policy, new Samples(window, clusters), models);
  }

  private static ModelResult model(LineReader in) {
    in.expect("model");
    Entry entry =
        new Entry(
            in.smallInteger(),
            in.text(),
            in.integer(),
            in.integer(),
            in.skip(UNKNOWN) ? OptionalInt.empty() : OptionalInt.of(in.smallInteger()),
            in.skip(UNKNOWN) ? Optional.empty() : Optional.of(in.text().substring(1)));
    in.endLine();
    Verdict verdict = in.expect("outcome").of(Verdict.class);
    Optional<Blame> blame = in.skip(UNKNOWN) ? Optional.empty() : Optional.of(in.of(Blame.class));
    in.endLine();
    Optional<Breach> breach = Optional.empty();
    if (in.isNext("breach")) {
      breach = Optional.of(new Breach(in.expect("breach").text(), in.text(), in.text()));
      in.endLine();
    }
    return new ModelResult(entry, new Outcome(verdict, blame, breach), losses(in));
  }

  private static Losses losses(LineReader in) {
    in.expect("losses");
    List<Double> values = new ArrayList<>();
    List<SampleVerdict> verdicts = new ArrayList<>();
    while (in.hasWord()) {
      boolean empty = in.skip(SampleVerdict.EMPTY.name());
      double value = empty ? Double.NaN : in.number();
      values.add(value);
      verdicts.add(
          empty
              ? SampleVerdict.EMPTY
              : Double.isFinite(value) ? SampleVerdict.OK : SampleVerdict.NON_FINITE);
    }
    return Losses.of(
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        verdicts.toArray(SampleVerdict[]::new));
  }
}

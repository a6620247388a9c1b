package dev.assay.score.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.SeededRandom;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validators that score for themselves, on one chain, from windows of their own on. */
class ConvergenceTest {
  private static final int MODELS = 200;
  private static final int SAMPLES = 60;
  private static final RosterRules RULES = new RosterRules(64, 8, 32);

  private static final List<String> SOURCES =
      IntStream.range(0, SAMPLES).mapToObj(sample -> "source" + sample).toList();

  /** A subnet on which two miners commit anew in every window. */
  private static final class Chain {
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<Integer, Integer> version = new HashMap<>();

    void advance(int window) {
      for (int uid = 0; uid < MODELS; uid++) {
        committed.putIfAbsent(uid, 1L + uid % 7);
      }
      for (int turn = 0; turn < 2; turn++) {
        int uid = Math.floorMod(window * 37 + turn * 101, MODELS);
        committed.put(uid, window * 100L - 1 - turn);
        version.merge(uid, 1, Integer::sum);
      }
    }

    Entry entry(int uid) {
      return new Entry(
          uid,
          "miner" + uid,
          0,
          committed.get(uid),
          OptionalInt.empty(),
          Optional.of("model" + uid + "." + version.getOrDefault(uid, 0)));
    }

    /** Models of one quality apart, with noise on every sample. */
    Losses losses(int uid, int window) {
      SeededRandom random = new SeededRandom(uid * 1_000L + version.getOrDefault(uid, 0));
      double quality = 2 + random.nextDouble();
      double[] losses = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        losses[i] =
            quality
                + 0.3 * new SeededRandom(window * 7_919L + i * 31L + uid * 104_729L).nextDouble();
      }
      return Losses.of(losses);
    }
  }

  /** One validator's memory. */
  private static final class Validator {
    private final Policy policy;
    private final Set<String> seen = new HashSet<>();
    private Set<Registration> kept = new HashSet<>();
    private Standings standings = new Standings(List.of(), List.of());
    private boolean started;

    Validator(Policy policy) {
      this.policy = policy;
    }

    /** Evaluates a window and tells whom. */
    Set<Registration> evaluate(Chain chain, int window, Set<Integer> paid) {
      List<Contender> contenders = new ArrayList<>();
      for (int uid = 0; uid < MODELS; uid++) {
        Entry entry = chain.entry(uid);
        Past past =
            !started || !seen.contains(entry.model())
                ? Past.NONE
                : kept.contains(entry.registration()) ? Past.KEPT : Past.SETTLED;
        contenders.add(
            new Contender(
                entry.registration(),
                entry.block(),
                entry.model(),
                paid.contains(uid) ? 1 : 0,
                past));
      }
      byte[] seed = ByteBuffer.allocate(32).putInt(window).array();
      Roster roster = Roster.of(RULES, seed, contenders);
      List<ModelResult> models = new ArrayList<>();
      for (int uid = 0; uid < MODELS; uid++) {
        Entry entry = chain.entry(uid);
        seen.add(entry.model());
        if (roster.has(entry.registration())) {
          models.add(ModelResult.accepted(entry, chain.losses(uid, window)));
        }
      }
      started = true;
      ScoringResult result =
          Scoring.score(
              ScoringInput.of(
                  window * 100L,
                  new Round("only", 1, policy, new Samples(window, SOURCES), models),
                  standings));
      standings = result.standings();
      kept = new HashSet<>(result.kept());
      return roster.seats().keySet();
    }

    Set<Integer> paid() {
      Set<Integer> paid = new HashSet<>();
      standings.standings().stream()
          .filter(standing -> standing.weight() > 0.01)
          .forEach(standing -> paid.add(standing.registration().uid()));
      return paid;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Policy.ORIGINAL_RANKED, Policy.ASSAY_1})
  void validatorsThatStartedAtDifferentTimesMeetOnOneRoster(String policy) {
    Chain chain = new Chain();
    Validator early = new Validator(Policy.named(policy));
    Validator late = new Validator(Policy.named(policy));
    int joins = 20;
    int together = 0;
    int windows = 40;
    int smallest = MODELS;
    for (int window = 1; window <= joins + windows; window++) {
      chain.advance(window);
      Set<Registration> one = early.evaluate(chain, window, Set.of());
      if (window > joins) {
        Set<Registration> other = late.evaluate(chain, window, early.paid());
        together = one.equals(other) ? together + 1 : 0;
        smallest = Math.min(smallest, other.size());
      }
    }

    assertThat(together).as("windows in a row with one roster, to the end").isGreaterThan(10);
    assertThat(smallest).as("a window's roster").isLessThan(MODELS / 4);
  }

  @Test
  void aLateValidatorsFirstRosterHoldsTheLeaders() {
    Chain chain = new Chain();
    Validator early = new Validator(Policy.named(Policy.ORIGINAL_RANKED));
    for (int window = 1; window <= 10; window++) {
      chain.advance(window);
      early.evaluate(chain, window, Set.of());
    }
    Set<Integer> paid = early.paid();

    Set<Registration> first =
        new Validator(Policy.named(Policy.ORIGINAL_RANKED)).evaluate(chain, 10, paid);

    assertThat(first).extracting(Registration::uid).containsAll(paid);
  }
}

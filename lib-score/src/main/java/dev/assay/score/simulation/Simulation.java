package dev.assay.score.simulation;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.Samples;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.Standings;
import dev.assay.score.weights.UidWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a scenario under a policy. */
public final class Simulation {
  /** Blocks from one evaluation to the next. */
  static final long EPOCH_BLOCKS = 100;

  private static final int SAMPLES = 400;
  private static final int MAX_EPOCHS = 100_000;

  /** The first evaluation: after the commitments of every scenario's field. */
  private static final long START = 2_000;

  private final Policy policy;
  private final MadeUpLosses losses;
  private final int epochs;

  private Simulation(Policy policy, MadeUpLosses losses, int epochs) {
    this.policy = policy;
    this.losses = losses;
    this.epochs = epochs;
  }

  /** The scenarios that {@link #run} knows. */
  public static List<String> scenarios() {
    return Scenario.NAMES;
  }

  /**
   * Simulates; the same arguments give the same bits on every machine.
   *
   * @param scenario one of {@link #scenarios}
   * @param epochs 1 to 100 000
   * @throws IllegalArgumentException if there is no such scenario or the epochs are out of range
   */
  public static SimulationResult run(String scenario, Policy policy, int epochs, long seed) {
    if (epochs < 1 || epochs > MAX_EPOCHS) {
      throw new IllegalArgumentException(
          "epochs: is " + epochs + ", must be from 1 to " + MAX_EPOCHS);
    }
    Scenario named = Scenario.named(scenario);
    Simulation simulation =
        new Simulation(policy, new MadeUpLosses(seed, SAMPLES, named.spread()), epochs);
    Course with = simulation.course(named.everybody());
    Course without = simulation.course(named.field());
    return new SimulationResult(
        shares(with, named), shares(without, named), epochs, with.largestMovement());
  }

  /** Every miner's mean part of the weights, and the largest change of one. */
  private record Course(Map<Integer, Double> meanParts, double largestMovement) {}

  private Course course(List<Miner> miners) {
    Map<Integer, Double> totals = new HashMap<>();
    Map<Integer, Double> before = Map.of();
    double largest = 0;
    Standings standings = Standings.none();
    for (int epoch = 0; epoch < epochs; epoch++) {
      ScoringResult result = step(miners, epoch, standings);
      standings = result.standings();
      Map<Integer, Double> parts = parts(result);
      for (Miner miner : miners) {
        double part = parts.getOrDefault(miner.uid(), 0.0);
        totals.merge(miner.uid(), part, Double::sum);
        if (epoch > 0) {
          largest = Math.max(largest, Math.abs(part - before.getOrDefault(miner.uid(), 0.0)));
        }
      }
      before = parts;
    }
    totals.replaceAll((uid, total) -> total / epochs);
    return new Course(totals, largest);
  }

  /**
   * Evaluates every miner every time, as if each committed again: the most that an attacker can do.
   */
  private ScoringResult step(List<Miner> miners, int epoch, Standings standings) {
    List<ModelResult> models = new ArrayList<>();
    for (Miner miner : miners) {
      if (miner.firstEpoch() <= epoch) {
        models.add(ModelResult.accepted(miner.entry(), losses.of(miner, epoch)));
      }
    }
    Round round = new Round("only", 1, policy, new Samples(epoch, List.of()), models);
    long block = START + epoch * EPOCH_BLOCKS;
    return Scoring.score(new ScoringInput(block, 1, List.of(round), standings, WeightLimits.NONE));
  }

  private static Map<Integer, Double> parts(ScoringResult result) {
    double sum = result.vector().weights().stream().mapToDouble(UidWeight::weight).sum();
    Map<Integer, Double> parts = new HashMap<>();
    for (UidWeight weight : result.vector().weights()) {
      parts.put(weight.uid(), weight.weight() / sum);
    }
    return parts;
  }

  private static SortedMap<Group, Double> shares(Course course, Scenario scenario) {
    SortedMap<Group, Double> shares = new TreeMap<>();
    for (Group group : Group.values()) {
      shares.put(group, 0.0);
    }
    for (Miner miner : scenario.everybody()) {
      shares.merge(miner.group(), course.meanParts().getOrDefault(miner.uid(), 0.0), Double::sum);
    }
    return shares;
  }
}

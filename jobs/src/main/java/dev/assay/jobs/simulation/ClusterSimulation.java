package dev.assay.jobs.simulation;

import dev.assay.jobs.TextDigest;
import dev.assay.jobs.placement.Load;
import dev.assay.score.entry.Registration;
import dev.assay.score.roster.Contender;
import dev.assay.score.roster.Past;
import dev.assay.score.roster.Roster;
import dev.assay.score.roster.RosterRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Windows of a subnet with 200 models of up to 16 GB on 16 nodes with 8 GPUs each, by the roster,
 * the placement and the store's rule of what goes. Sizes have a heavy tail, and in each window a
 * twentieth of the miners commit anew. Which models are kept is drawn, since losses are not at
 * hand.
 */
public final class ClusterSimulation {
  /** Of the shipped configuration. */
  static final RosterRules SHIPPED = new RosterRules(64, 8, 32);

  private static final int MODELS = 200;
  private static final int CHURN = MODELS / 20;
  private static final int KEPT = 8;
  private static final long LARGEST = 16_000_000_000L;
  private static final long SMALLEST = 500_000_000L;

  private final SimulatedCluster cluster;
  private final RosterRules rules;
  private final SplittableRandom random;
  private final long seed;
  private final Map<String, SimulatedNode> nodes = new TreeMap<>();
  private final List<Model> models = new ArrayList<>();
  private final Map<String, Long> evaluated = new HashMap<>();
  private final List<Double> ratios = new ArrayList<>();
  private long lost;

  private record Model(int uid, long block, long bytes, Past past) {
    String content() {
      return uid + "@" + block;
    }

    Registration registration() {
      return new Registration(uid, "hotkey" + uid, 0);
    }

    Model with(Past other) {
      return new Model(uid, block, bytes, other);
    }
  }

  private ClusterSimulation(SimulatedCluster cluster, RosterRules rules, long seed) {
    this.cluster = cluster;
    this.rules = rules;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    for (int node = 0; node < cluster.nodes(); node++) {
      nodes.put("node%02d".formatted(node), new SimulatedNode(cluster));
    }
    for (int uid = 0; uid < MODELS; uid++) {
      models.add(new Model(uid, 1, size(), Past.NONE));
    }
  }

  /**
   * What windows came to.
   *
   * @param makespanRatioWorst the longest of a window's seconds over its bound's
   * @param downloadsRatio bytes that all nodes fetched over those of the different models that were
   *     judged
   */
  public record Figures(double makespanRatioWorst, double downloadsRatio) {}

  /**
   * Simulates what the shipped roster evaluates.
   *
   * @param losesANode whether a node is gone for good after half of the windows
   */
  public static Figures run(int windows, boolean losesANode, long seed) {
    return run(SimulatedCluster.OF_128, SHIPPED, windows, losesANode, seed);
  }

  /** Simulates a roster that evaluates all models in every window: more than there are GPUs. */
  public static Figures whole(int windows, long seed) {
    return run(SimulatedCluster.OF_128, new RosterRules(MODELS, 8, 32), windows, false, seed);
  }

  static Figures run(
      SimulatedCluster cluster, RosterRules rules, int windows, boolean losesANode, long seed) {
    ClusterSimulation simulation = new ClusterSimulation(cluster, rules, seed);
    for (int window = 1; window <= windows; window++) {
      if (losesANode && window == windows / 2 + 1) {
        simulation.loseANode();
      }
      simulation.window(window);
    }
    return simulation.figures();
  }

  private Figures figures() {
    long fetched = lost + nodes.values().stream().mapToLong(SimulatedNode::downloaded).sum();
    long unique = evaluated.values().stream().mapToLong(Long::longValue).sum();
    return new Figures(
        ratios.stream().mapToDouble(Double::doubleValue).max().orElse(1),
        (double) fetched / unique);
  }

  private void loseANode() {
    String gone = nodes.keySet().iterator().next();
    lost += nodes.remove(gone).downloaded();
  }

  private void window(int number) {
    if (number > 1) {
      churn(number);
    }
    byte[] drawn = TextDigest.of(seed + " " + number).getBytes(StandardCharsets.US_ASCII);
    Roster roster = Roster.of(rules, drawn, models.stream().map(this::contender).toList());
    Map<String, Load<String>> loads = new LinkedHashMap<>();
    for (Model model : models) {
      if (roster.has(model.registration())) {
        loads.put(model.content(), new Load<>(model.content(), model.content(), model.bytes()));
        evaluated.put(model.content(), model.bytes());
      }
    }
    SimulatedWindow window = new SimulatedWindow(cluster, nodes, List.copyOf(loads.values()));
    double bound = window.bound();
    ratios.add(window.makespan() / bound);
    settle(loads.keySet());
  }

  private Contender contender(Model model) {
    long paid = model.uid() < KEPT ? 1 : 0;
    return new Contender(model.registration(), model.block(), model.content(), paid, model.past());
  }

  /** Miners who train on commit anew; others stay with what they have. */
  private void churn(int number) {
    Set<Integer> anew = new HashSet<>();
    while (anew.size() < CHURN) {
      anew.add(random.nextInt(MODELS));
    }
    anew.forEach(uid -> models.set(uid, new Model(uid, number, size(), Past.NONE)));
  }

  /** Of those judged a few are kept, one in a hundred failed without fault, the rest is settled. */
  private void settle(Set<String> judged) {
    for (int uid = 0; uid < MODELS; uid++) {
      Model model = models.get(uid);
      if (judged.contains(model.content())) {
        int draw = random.nextInt(100);
        Past past = uid < KEPT || draw < 5 ? Past.KEPT : draw == 99 ? Past.EXCUSED : Past.SETTLED;
        models.set(uid, model.with(past));
      } else {
        models.set(uid, model.with(Past.SETTLED));
      }
    }
  }

  /** Pareto's, cut: half of the models are small, a few as large as can be. */
  private long size() {
    double size = SMALLEST / Math.pow(1 - random.nextDouble(), 1 / 0.5);
    return (long) Math.min(LARGEST, size);
  }
}

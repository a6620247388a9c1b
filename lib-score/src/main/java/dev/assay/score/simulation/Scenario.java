package dev.assay.score.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of miners and what is added to it.
 *
 * @param name what the command line calls it
 * @param field the miners without the addition
 * @param added the addition
 * @param spread standard deviation of one model's loss on one sample around its quality, as a share
 *     of the loss
 */
record Scenario(String name, List<Miner> field, List<Miner> added, double spread) {
  /** So small that the better model wins every sample, as in the experiments it repeats. */
  private static final double NEARLY_CERTAIN = 2e-4;

  /** What fine-tunes of one base differ by on single samples. */
  private static final double REALISTIC = 0.1;

  /** A commitment that all others follow. */
  private static final long FIRST_BLOCK = 1_000;

  /** The names that {@link #named} knows. */
  static final List<String> NAMES =
      List.of("clones-6", "junk-inf-5", "junk-nan-5", "twins", "lucky-40", "copies-4");

  Scenario {
    field = List.copyOf(field);
    added = List.copyOf(added);
  }

  static Scenario named(String name) {
    return switch (name) {
      case "clones-6" -> clones(name, 6);
      case "junk-inf-5" -> junk(name, 5, Double.POSITIVE_INFINITY);
      case "junk-nan-5" -> junk(name, 5, Double.NaN);
      case "twins" -> twins(name);
      case "lucky-40" -> lucky(name, 40);
      case "copies-4" -> copies(name, 4);
      default ->
          throw new IllegalArgumentException(
              "scenario: is \"" + name + "\", must be one of " + NAMES);
    };
  }

  /** A challenger is 1.5 % better than the incumbent; the incumbent then adds clones of itself. */
  private static Scenario clones(String name, int count) {
    Miner incumbent = Miner.honest(0, Group.COALITION, FIRST_BLOCK, 1);
    List<Miner> field =
        List.of(
            incumbent,
            Miner.honest(1, Group.WINNER, FIRST_BLOCK + 100, 0.985),
            Miner.honest(2, Group.OTHERS, FIRST_BLOCK + 200, 1.1),
            Miner.honest(3, Group.OTHERS, FIRST_BLOCK + 300, 1.2));
    List<Miner> clones = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clones.add(Miner.cloneOf(incumbent, 4 + i, FIRST_BLOCK + 400 + i, 1e-6));
    }
    return new Scenario(name, field, clones, NEARLY_CERTAIN);
  }

  /**
   * Five honest models, each clearly better than the one before; then models without finite loss.
   */
  private static Scenario junk(String name, int count, double loss) {
    List<Miner> junk = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      junk.add(Miner.honest(5 + i, Group.JUNK, FIRST_BLOCK + 600 + i, loss));
    }
    return new Scenario(name, fiveHonest(), junk, NEARLY_CERTAIN);
  }

  private static List<Miner> fiveHonest() {
    List<Miner> field = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Group group = i == 4 ? Group.WINNER : Group.OTHERS;
      field.add(Miner.honest(i, group, FIRST_BLOCK + 100L * i, 1.2 - 0.05 * i));
    }
    return field;
  }

  /** Two equally good models committed in one block: all that differs is chance. */
  private static Scenario twins(String name) {
    return new Scenario(
        name,
        List.of(Miner.honest(0, Group.WINNER, FIRST_BLOCK, 1)),
        List.of(Miner.honest(1, Group.OTHERS, FIRST_BLOCK, 1)),
        REALISTIC);
  }

  /** A miner commits one model after the other, none better than the leader, and hopes for luck. */
  private static Scenario lucky(String name, int count) {
    List<Miner> tries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int epoch = 5 * (i + 1);
      tries.add(
          new Miner(
              10 + i,
              Group.COALITION,
              FIRST_BLOCK + 1_000 + epoch * Simulation.EPOCH_BLOCKS,
              10 + i,
              0.95,
              0,
              epoch));
    }
    List<Miner> field =
        List.of(
            Miner.honest(0, Group.OTHERS, FIRST_BLOCK, 1.05),
            Miner.honest(1, Group.WINNER, FIRST_BLOCK + 100, 0.95));
    return new Scenario(name, field, tries, REALISTIC);
  }

  /** Others commit the winner's model with a little noise. */
  private static Scenario copies(String name, int count) {
    List<Miner> field = fiveHonest();
    List<Miner> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(Miner.cloneOf(field.get(4), 5 + i, FIRST_BLOCK + 600 + i, 1e-3));
    }
    return new Scenario(name, field, copies, REALISTIC);
  }

  /** All miners, those of the field first. */
  List<Miner> everybody() {
    List<Miner> all = new ArrayList<>(field);
    all.addAll(added);
    return all;
  }
}

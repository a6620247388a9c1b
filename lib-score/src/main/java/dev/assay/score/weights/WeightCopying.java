package dev.assay.score.weights;

import dev.assay.score.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which validators' weights look like the consensus of the epoch before. A validator that evaluates
 * for itself is at least as near to its own epoch's consensus; one that copies what it reads on the
 * chain is nearer to the last one's. A report, not a proof: epochs in which the consensus hardly
 * moved say nothing and are not counted.
 */
public final class WeightCopying {
  /** A cosine above this means that the consensus did not move. */
  private static final double UNMOVED = 0.9999;

  private WeightCopying() {}

  /**
   * One epoch as the chain shows it.
   *
   * @param block the block it was read at
   * @param weights by validator hotkey its weights by UID
   * @param consensus consensus by UID
   */
  public record Epoch(
      long block, Map<String, Map<Integer, Double>> weights, Map<Integer, Double> consensus) {
    public Epoch {
      Limits.atLeast("block", block, 0);
      weights = Map.copyOf(weights);
      consensus = Map.copyOf(consensus);
    }
  }

  /**
   * One validator over the epochs in which the consensus moved.
   *
   * @param hotkey the validator
   * @param epochs how many epochs are counted
   * @param toPrevious mean cosine of its weights and the consensus of the epoch before
   * @param toCurrent mean cosine of its weights and the consensus of the same epoch
   * @param nearerPrevious share of the epochs in which it was nearer to the epoch before
   */
  public record Finding(
      String hotkey, int epochs, double toPrevious, double toCurrent, double nearerPrevious) {
    public Finding {
      Objects.requireNonNull(hotkey, "hotkey");
    }

    /** How much nearer it is to the epoch before, on average; above 0 speaks for copying. */
    public double lag() {
      return toPrevious - toCurrent;
    }
  }

  /**
   * All validators with an epoch that counts, the most suspicious first.
   *
   * @param epochs ascending by block
   */
  public static List<Finding> report(List<Epoch> epochs) {
    Set<String> hotkeys = new TreeSet<>();
    epochs.forEach(epoch -> hotkeys.addAll(epoch.weights().keySet()));
    List<Finding> findings = new ArrayList<>();
    for (String hotkey : hotkeys) {
      finding(hotkey, epochs, findings);
    }
    findings.sort(
        Comparator.comparingDouble(Finding::lag).reversed().thenComparing(Finding::hotkey));
    return List.copyOf(findings);
  }

  private static void finding(String hotkey, List<Epoch> epochs, List<Finding> findings) {
    int counted = 0;
    int nearer = 0;
    double toPrevious = 0;
    double toCurrent = 0;
    for (int i = 1; i < epochs.size(); i++) {
      Epoch before = epochs.get(i - 1);
      Epoch now = epochs.get(i);
      if (now.block() <= before.block()) {
        throw new IllegalArgumentException(
            "epochs: block " + now.block() + " follows " + before.block() + ", must be greater");
      }
      Map<Integer, Double> own = now.weights().getOrDefault(hotkey, Map.of());
      OptionalDouble previous = cosine(own, before.consensus());
      OptionalDouble current = cosine(own, now.consensus());
      OptionalDouble moved = cosine(before.consensus(), now.consensus());
      boolean counts = previous.isPresent() && current.isPresent() && moved.isPresent();
      if (!counts || moved.getAsDouble() > UNMOVED) {
        continue;
      }
      counted++;
      toPrevious += previous.getAsDouble();
      toCurrent += current.getAsDouble();
      nearer += previous.getAsDouble() > current.getAsDouble() ? 1 : 0;
    }
    if (counted > 0) {
      findings.add(
          new Finding(
              hotkey,
              counted,
              toPrevious / counted,
              toCurrent / counted,
              nearer / (double) counted));
    }
  }

  private static OptionalDouble cosine(Map<Integer, Double> one, Map<Integer, Double> other) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    Set<Integer> uids = new TreeSet<>(one.keySet());
    uids.addAll(other.keySet());
    for (int uid : uids) {
      double x = one.getOrDefault(uid, 0.0);
      double y = other.getOrDefault(uid, 0.0);
      product += x * y;
      squares += x * x;
      otherSquares += y * y;
    }
    double lengths = Math.sqrt(squares) * Math.sqrt(otherSquares);
    return lengths > 0 ? OptionalDouble.of(product / lengths) : OptionalDouble.empty();
  }
}
